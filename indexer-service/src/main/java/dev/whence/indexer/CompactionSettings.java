package dev.whence.indexer;

import java.time.Duration;

/**
 * When files of the lake are put together.
 *
 * @param fileBytes how large files ought to be, 1 KiB to 16 GiB
 * @param fanOut how many files of about one size are put together, 2 to 100
 * @param mostFiles how many files may hold one (dataset, domain), 10 to 1,000
 * @param runBytes of files that one run takes at most, at least twice {@code fileBytes}; about ten
 *     times as much of scratch disk may be used, and some 16 bytes of memory for each row
 * @param publishInterval a version that brings nothing but compacted files comes no sooner after
 *     the last such
 */
public record CompactionSettings(
        long fileBytes, int fanOut, int mostFiles, long runBytes, Duration publishInterval) {
    public static final CompactionSettings DEFAULT =
            new CompactionSettings(128L << 20, 8, 10, 256L << 20, Duration.ofSeconds(10));

    public CompactionSettings {
        require(
                "file-bytes",
                fileBytes >= 1 << 10 && fileBytes <= 16L << 30,
                "1 KiB to 16 GiB",
                fileBytes);
        require("fan-out", fanOut >= 2 && fanOut <= 100, "2 to 100", fanOut);
        require("most-files", mostFiles >= 10 && mostFiles <= 1_000, "10 to 1,000", mostFiles);
        require("run-bytes", runBytes >= 2 * fileBytes, "twice file-bytes or more", runBytes);
        require("publish-interval", !publishInterval.isNegative(), "not negative", publishInterval);
    }

    private static void require(String name, boolean holds, String bounds, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "whence.indexer.compaction.%s is %s, not %s".formatted(name, bounds, value));
        }
    }
}
