package dev.whence.indexer;

import dev.whence.lake.UrlFile;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import dev.whence.url.DomainPrefix;
import dev.whence.url.Fingerprint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Finds where a file belongs that a merge wrote: under the longest of its dataset's prefixes that
 * all its domains have. So what replaces a file lies where that one lay. Immutable.
 */
final class CommonPrefix {
    private final List<DomainPrefix> longestFirst;

    /**
     * @param keys of the dataset's files
     */
    CommonPrefix(List<String> keys) {
        this.longestFirst =
                keys.stream()
                        .map(DomainPrefix::ofKey)
                        .distinct()
                        .filter(prefix -> prefix.length() > 0)
                        .sorted(Comparator.comparingInt(DomainPrefix::length).reversed())
                        .toList();
    }

    /** Reads the domain column of a local file, unless no prefix comes into question. */
    DomainPrefix of(Path file, long bytes) throws IOException {
        if (longestFirst.isEmpty()) {
            return DomainPrefix.NONE;
        }
        Path whole = file.toAbsolutePath();
        Path directory = Objects.requireNonNull(whole.getParent(), "a file lies in a directory");
        var hashes = new Hashes();
        try (ObjectStore local = ObjectStores.directory(directory)) {
            UrlFile.open(local, directory.relativize(whole).toString(), bytes)
                    .domainRuns(run -> hashes.add(Fingerprint.of(run.domain())));
        }
        return longestFirst.stream()
                .filter(hashes::allBeginWith)
                .findFirst()
                .orElse(DomainPrefix.NONE);
    }

    /** One of some hashes, and the bits in which another one differs from it. */
    private static final class Hashes {
        private boolean some;
        private long one;
        private long different;

        void add(long hash) {
            if (!some) {
                some = true;
                one = hash;
            }
            different |= hash ^ one;
        }

        boolean allBeginWith(DomainPrefix prefix) {
            return some && prefix.mayHold(one) && prefix.mayHold(one ^ different);
        }
    }
}
