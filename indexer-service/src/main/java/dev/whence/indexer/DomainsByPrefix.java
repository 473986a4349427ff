package dev.whence.indexer;

import dev.whence.url.DomainPrefix;
import dev.whence.url.Fingerprint;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Some domains, and which of them a file may hold by its prefix. Not thread-safe. */
final class DomainsByPrefix {
    private final NavigableSet<String> domains;
    private final Map<Integer, Map<DomainPrefix, NavigableSet<String>>> byDigits = new HashMap<>();

    DomainsByPrefix(NavigableSet<String> domains) {
        this.domains = domains;
    }

    /** The domains whose fingerprints begin so; they are split once for each number of digits. */
    NavigableSet<String> of(DomainPrefix prefix) {
        return prefix.equals(DomainPrefix.NONE)
                ? domains
                : byDigits.computeIfAbsent(prefix.length(), this::split)
                        .getOrDefault(prefix, new TreeSet<>());
    }

    private Map<DomainPrefix, NavigableSet<String>> split(int digits) {
        var split = new HashMap<DomainPrefix, NavigableSet<String>>();
        for (String domain : domains) {
            split.computeIfAbsent(
                            DomainPrefix.of(Fingerprint.of(domain), digits),
                            unseen -> new TreeSet<>())
                    .add(domain);
        }
        return split;
    }
}
