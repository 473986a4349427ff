package dev.whence.indexer;

import dev.whence.catalog.Version;
import dev.whence.catalog.VersionChain;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which compacted files the versions of the chain took in, asked version by version. Remembers as
 * many as can take in one file: keys come in the order of their base. Not thread-safe.
 */
final class TakenFiles {
    private final VersionChain versions;
    private final Map<Long, Set<String>> known =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Set<String>> eldest) {
                    return size() > LakeName.Compacted.MOST_VERSIONS;
                }
            };

    TakenFiles(VersionChain versions) {
        this.versions = versions;
    }

    /** Whether all versions that might have taken a file in exist, and none has. */
    boolean isTakenByNone(String key, LakeName.Compacted name) throws IOException {
        // The last first: mostly it is the one that is not there yet.
        for (long number = name.lastTaker(); number > name.base(); number--) {
            Optional<Set<String>> taken = takenBy(number);
            if (taken.isEmpty() || taken.get().contains(key)) {
                return false;
            }
        }
        return true;
    }

    private Optional<Set<String>> takenBy(long number) throws IOException {
        Set<String> taken = known.get(number);
        if (taken == null) {
            Optional<Version> version = versions.read(number);
            if (version.isEmpty()) {
                return Optional.empty();
            }
            taken =
                    version.get().parts().stream()
                            .filter(part ->
                                    LakeName.of(part)
                                            .filter(LakeName.Compacted.class::isInstance)
                                            .isPresent())
                            .collect(Collectors.toUnmodifiableSet());
            known.put(number, taken);
        }
        return Optional.of(taken);
    }
}
