package dev.whence.access;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which rows takedowns hide. Immutable and thread-safe; a row of a domain that no takedown touches
 * costs one look into a hash table.
 *
 * <p>A host is found under every domain that may be its own: which one is decided by the Public
 * Suffix List, whose next edition must not bring back what was taken down.
 */
public final class Takedowns {
    /** Hides nothing. */
    public static final Takedowns NONE = new Takedowns(Map.of());

    private static final Pattern PORT = Pattern.compile(":[0-9]+$");
    private static final Pattern ADDRESS = Pattern.compile("\\[.*|[0-9.]+");

    private final Map<String, TakenDownUrls> domains;

    private Takedowns(Map<String, TakenDownUrls> domains) {
        this.domains = domains;
    }

    /** All of these. */
    public static Takedowns of(Collection<Takedown> takedowns) {
        Map<String, TakenDownUrls.Builder> builders = new HashMap<>();
        for (Takedown takedown : takedowns) {
            if (takedown.scope() == Takedown.Scope.DOMAIN) {
                builder(builders, takedown.value()).add(takedown);
                continue;
            }
            String host = PORT.matcher(takedown.host()).replaceFirst("");
            builder(builders, host).add(takedown);
            if (!ADDRESS.matcher(host).matches()) {
                for (int dot = host.indexOf('.');
                        dot >= 0 && host.indexOf('.', dot + 1) >= 0;
                        dot = host.indexOf('.', dot + 1)) {
                    builder(builders, host.substring(dot + 1)).add(takedown);
                }
            }
        }
        Map<String, TakenDownUrls> domains = HashMap.newHashMap(builders.size());
        builders.forEach((domain, builder) -> domains.put(domain, builder.build()));
        return new Takedowns(domains);
    }

    /** The domains of which something is taken down, or may be. */
    public Set<String> domains() {
        return domains.keySet();
    }

    /** What is taken down of a domain; null for nothing. */
    public @Nullable TakenDownUrls of(String domain) {
        return domains.get(domain);
    }

    /**
     * Whether a row is taken down.
     *
     * @param domain its registrable domain
     * @param host {@code host[:port]}
     * @param pathQuery begins with a slash
     */
    public boolean hide(String domain, String host, String pathQuery) {
        TakenDownUrls urls = domains.get(domain);
        return urls != null && urls.contain(host, pathQuery);
    }

    private static TakenDownUrls.Builder builder(
            Map<String, TakenDownUrls.Builder> builders, String domain) {
        return builders.computeIfAbsent(domain, _ -> new TakenDownUrls.Builder());
    }
}
