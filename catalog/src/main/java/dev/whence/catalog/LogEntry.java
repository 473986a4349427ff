package dev.whence.catalog;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One flush: the records {@code [slot, nextOffset)} of a partition, and the files that hold their
 * rows. The entry is what makes the files real.
 *
 * @param writer a fresh id of this very flush
 * @param files in the order in which they take effect
 * @param tallies one for each dataset that had a batch
 * @param deadLetters batches that could not be read
 * @param rejectsFile the key of the file of URLs that were not taken; null for none
 */
public record LogEntry(
        int format,
        String topicId,
        int partition,
        long slot,
        long nextOffset,
        Instant committedAt,
        String writer,
        List<LandingFile> files,
        List<DatasetTally> tallies,
        long deadLetters,
        @Nullable String rejectsFile) {

    public LogEntry(
            LogPartition partition,
            long slot,
            long nextOffset,
            Instant committedAt,
            String writer,
            List<LandingFile> files,
            List<DatasetTally> tallies,
            long deadLetters,
            @Nullable String rejectsFile) {
        this(
                CatalogJson.FORMAT,
                partition.topicId(),
                partition.partition(),
                slot,
                nextOffset,
                committedAt,
                writer,
                files,
                tallies,
                deadLetters,
                rejectsFile);
        if (nextOffset <= slot) {
            throw new IllegalArgumentException(
                    "an entry of slot " + slot + " cannot end at offset " + nextOffset);
        }
    }

    public LogPartition logPartition() {
        return new LogPartition(topicId, partition);
    }
}
