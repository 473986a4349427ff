package dev.whence.catalog;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One flush: the records {@code [slot, nextOffset)} of a partition, and the files that hold their
 * rows. The entry is what makes the files real.
 *
 * @param format 1, or 2 with merges, which an older reader would leave out
 * @param writer a fresh id of this very flush
 * @param files files that are added, in the order in which they take effect
 * @param merges batches that are merged, in the order in which they take effect; each says between
 *     which files. Null for none
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
        @Nullable String rejectsFile,
        @Nullable List<LoggedMerge> merges) {

    /** An entry without merges. */
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
                partition,
                slot,
                nextOffset,
                committedAt,
                writer,
                files,
                tallies,
                deadLetters,
                rejectsFile,
                List.of());
    }

    public LogEntry(
            LogPartition partition,
            long slot,
            long nextOffset,
            Instant committedAt,
            String writer,
            List<LandingFile> files,
            List<DatasetTally> tallies,
            long deadLetters,
            @Nullable String rejectsFile,
            List<LoggedMerge> merges) {
        this(
                merges.isEmpty() ? CatalogJson.FORMAT : CatalogJson.FORMAT_WITH_MERGES,
                partition.topicId(),
                partition.partition(),
                slot,
                nextOffset,
                committedAt,
                writer,
                files,
                tallies,
                deadLetters,
                rejectsFile,
                merges.isEmpty() ? null : List.copyOf(merges));
        if (nextOffset <= slot) {
            throw new IllegalArgumentException(
                    "an entry of slot " + slot + " cannot end at offset " + nextOffset);
        }
    }

    public LogPartition logPartition() {
        return new LogPartition(topicId, partition);
    }

    /** The batches that are merged, in the order in which they take effect. */
    public List<LoggedMerge> mergesInOrder() {
        return merges == null ? List.of() : merges;
    }

    /** Every file that it makes real, of whichever kind. */
    public Stream<LandingFile> allFiles() {
        return Stream.concat(
                files.stream(),
                mergesInOrder().stream().flatMap(merge -> merge.sources().stream()));
    }
}
