package dev.whence.indexer;

import dev.whence.catalog.RetentionRules;
import java.time.Duration;

/**
 * What an indexer may be told.
 *
 * @param fanOut how many blocks of a size are folded into one of the next
 * @param mostLive how many blocks a stack may hold before a fold is due whatever their sizes
 * @param comparedFiles how many files an insert is compared with at a time; {@link #COMPARED_BYTES}
 *     of memory for each is what all inserts share for rows, {@link #OPENED_BYTES} for each what
 *     opened files may hold
 * @param threads how many datasets are taken in at a time
 * @param checkSamples how many new (domain, dataset) pairs are counted again in the lake before a
 *     publish
 * @param dryRun log what would be deleted, and delete nothing
 * @param orphanSafetyAge how old an orphan must be before it is deleted
 * @param orphanKeysPerSweep how many keys one sweep looks at
 * @param partExpiry how long parts of a source wait for another
 * @param merge when merges are part of a publish
 * @param compaction when files of the lake are put together
 */
public record IndexerSettings(
        PublishLimits limits,
        int fanOut,
        int mostLive,
        int comparedFiles,
        int threads,
        int checkSamples,
        RetentionRules retention,
        boolean dryRun,
        Duration orphanSafetyAge,
        int orphanKeysPerSweep,
        Duration partExpiry,
        MergeRunSettings merge,
        CompactionSettings compaction) {

    /** Times as many blocks as ought to be live are the most. */
    private static final int MOST_BLOCKS = 3;

    /** What is granted for each file that an insert is compared with. */
    static final long COMPARED_BYTES = 4 << 20;

    /** The same for footers and small files that are kept. */
    static final long OPENED_BYTES = 2 << 20;

    public IndexerSettings {
        requireRange("fan-out", fanOut, 2, 32);
        requireRange("most-live", mostLive, 2, 64);
        requireRange("compared-files", comparedFiles, 1, 1_000);
        requireRange("threads", threads, 1, 64);
        requireRange("check-samples", checkSamples, 0, 10_000);
        requireRange("orphan-keys-per-sweep", orphanKeysPerSweep, 1, 10_000_000);
        if (partExpiry.isNegative() || partExpiry.isZero()) {
            throw new IllegalArgumentException(
                    "whence.indexer.part-expiry is longer than nothing, not " + partExpiry);
        }
        if (orphanSafetyAge.isNegative()) {
            throw new IllegalArgumentException(
                    "whence.indexer.orphan-safety-age is not negative: " + orphanSafetyAge);
        }
    }

    /**
     * What one dataset's comparison may hold of rows; all that run side by side, in a publish and
     * beside it, share the whole.
     */
    long comparedBytes() {
        return comparedFiles * COMPARED_BYTES / (threads + merge.threads());
    }

    /** What files may hold that were opened to compare with, and are kept for the next insert. */
    long openedBytes() {
        return comparedFiles * OPENED_BYTES;
    }

    /** With how many blocks of a stack a publish folds some itself. */
    int mostBlocks() {
        return MOST_BLOCKS * mostLive;
    }

    private static void requireRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "whence.indexer.%s is %d to %d, not %d".formatted(name, least, most, value));
        }
    }
}
