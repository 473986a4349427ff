package dev.whence.query.access;

import dev.whence.access.AccessRules;
import dev.whence.access.AccessState;
import dev.whence.access.ApiKey;
import dev.whence.access.KeyRing;
import dev.whence.access.Nameless;
import dev.whence.access.Principal;
import dev.whence.access.RestrictedDataset;
import dev.whence.access.Takedown;
import dev.whence.access.Takedowns;
import dev.whence.lake.UrlRange;
import dev.whence.query.CursorSeal;
import dev.whence.query.QueryException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rules, made ready for questions. Immutable and thread-safe. */
public final class RuleBook {
    /** As long as there are no rules: everybody sees everything, and nobody is asked who he is. */
    public static final RuleBook NONE = new RuleBook(0, AccessState.OPEN, CursorSeal.OPEN);

    private final long number;
    private final AccessState state;
    private final CursorSeal seal;
    private final KeyRing keys;
    private final Map<String, Viewers.Only> restricted;
    private final RestrictedIds restrictedIds;
    private final Set<String> takedownIds;
    private final Map<String, List<UrlRange>> masks;
    private final String masksDigest;

    private RuleBook(long number, AccessState state, CursorSeal seal) {
        this.number = number;
        this.state = state;
        this.seal = seal;
        this.keys = new KeyRing(state);
        this.restricted = HashMap.newHashMap(state.restricted().size());
        for (RestrictedDataset each : state.restricted()) {
            restricted.put(each.dataset(), new Viewers.Only(Set.copyOf(each.principals())));
        }
        this.restrictedIds = new RestrictedIds(restricted);
        this.takedownIds =
                state.takedowns().stream()
                        .map(Takedown::id)
                        .collect(Collectors.toUnmodifiableSet());
        this.masks = TakenDownRanges.of(Takedowns.of(state.takedowns()));
        this.masksDigest = digest(state.takedowns());
    }

    /** Rules as they stand in the chain. */
    public static RuleBook of(AccessRules rules) {
        return new RuleBook(
                rules.number(),
                rules.state(),
                new CursorSeal(HexFormat.of().parseHex(rules.cursorSecret()), ""));
    }

    /** Their number in the chain; 0 for none. */
    public long number() {
        return number;
    }

    /** Whether somebody has said what callers without a key may see; not so of no rules. */
    boolean saysWhatNamelessSee() {
        return state.nameless() != Nameless.UNSAID;
    }

    /**
     * Whoever shows a key.
     *
     * @param key what was sent as one; null for nothing
     * @throws QueryException.Unauthenticated if it is no key, or nobody's, or if one is needed
     */
    public Caller caller(@Nullable String key) throws QueryException {
        if (number == 0) {
            return new Caller(this, null, null);
        }
        if (key == null) {
            if (state.nameless() == Nameless.NOTHING) {
                throw QueryException.Unauthenticated.keyNeeded();
            }
            return new Caller(this, null, null);
        }
        ApiKey shown = ApiKey.parse(key).orElseThrow(QueryException.Unauthenticated::unknownKey);
        Optional<Principal> holder = keys.holder(shown);
        return new Caller(
                this, holder.orElseThrow(QueryException.Unauthenticated::unknownKey), shown);
    }

    /** Whether a caller of older rules may still be told what those let him see. */
    boolean hidesNoMoreFrom(Caller caller) {
        RuleBook older = caller.rules();
        if (older == this) {
            return true;
        }
        ApiKey key = caller.key();
        boolean known =
                key != null
                        ? keys.holder(key)
                                .filter(holder ->
                                        holder.name().equals(caller.principal())
                                                && (holder.operator() || !caller.isOperator()))
                                .isPresent()
                        : state.nameless() != Nameless.NOTHING;
        return known
                && older.takedownIds.containsAll(takedownIds)
                && datasetsHiddenFrom(older, caller.principal())
                        .containsAll(datasetsHiddenFrom(this, caller.principal()));
    }

    RestrictedIds restrictedIds() {
        return restrictedIds;
    }

    /** Whether some dataset is restricted, be it there or not, and not to this principal. */
    boolean restrictsFrom(String principal) {
        return restricted.values().stream().anyMatch(viewers -> !viewers.include(principal));
    }

    Map<String, List<UrlRange>> masks() {
        return masks;
    }

    /** The same for the same takedowns, whoever made them when. */
    String masksDigest() {
        return masksDigest;
    }

    CursorSeal sealFor(String principal) {
        return seal.of(principal);
    }

    private static String digest(List<Takedown> takedowns) {
        if (takedowns.isEmpty()) {
            return "";
        }
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        takedowns.stream()
                .map(each -> each.scope().text() + " " + each.value() + "\n")
                .sorted()
                .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static Set<String> datasetsHiddenFrom(RuleBook rules, String principal) {
        Set<String> hidden = new HashSet<>();
        rules.restricted.forEach((name, viewers) -> {
            if (!viewers.include(principal)) {
                hidden.add(name);
            }
        });
        return hidden;
    }
}
