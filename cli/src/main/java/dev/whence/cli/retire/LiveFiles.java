package dev.whence.cli.retire;

import dev.whence.index.IndexSnapshot;
import dev.whence.index.LakeFile;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which files of the lake a version names, in 8 bytes for each. Two keys may share a hash: then one
 * that is named by nobody counts as named, and stays.
 */
final class LiveFiles implements Predicate<String> {
    private final long[] sortedHashes;

    private LiveFiles(long[] sortedHashes) {
        this.sortedHashes = sortedHashes;
    }

    static LiveFiles of(IndexSnapshot index) {
        try (Stream<LakeFile> files = index.files()) {
            return new LiveFiles(files.mapToLong(file -> hash(file.key())).sorted().toArray());
        }
    }

    @Override
    public boolean test(String key) {
        return Arrays.binarySearch(sortedHashes, hash(key)) >= 0;
    }

    private static long hash(String key) {
        long hash = 1;
        for (int i = 0; i < key.length(); i++) {
            hash = hash * 1_000_003 + key.charAt(i);
        }
        return hash;
    }
}
