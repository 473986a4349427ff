package dev.whence.indexer;

import dev.whence.catalog.LogEntry;
import dev.whence.catalog.LogPosition;
import dev.whence.index.TieredStack.Fold;
import java.util.List;
import java.util.Optional;

/**
 * What the next version will take in, and which blocks of the base it will fold. A plan changes
 * nothing, and can be printed.
 *
 * @param version the number that the next version will have
 * @param entries in the order in which they take effect
 * @param positions where the next version will stand in each partition
 * @param waiting how many partitions have committed entries left for the version after
 * @param generationFold generations of the base to be folded into one
 * @param segmentFold segments of the base to be folded into one
 */
public record Plan(
        long version,
        List<LogEntry> entries,
        List<LogPosition> positions,
        int waiting,
        Optional<Fold> generationFold,
        Optional<Fold> segmentFold) {

    /** Whether there is nothing to publish. */
    public boolean isEmpty() {
        return entries.isEmpty() && generationFold.isEmpty() && segmentFold.isEmpty();
    }

    public int files() {
        return entries.stream().mapToInt(entry -> entry.files().size()).sum();
    }

    public long rows() {
        return entries.stream().mapToLong(PublishLimits::rowsOf).sum();
    }

    public long bytes() {
        return entries.stream().mapToLong(PublishLimits::bytesOf).sum();
    }

    @Override
    public String toString() {
        var text = new StringBuilder("version ").append(version).append(": ");
        text.append(
                "%,d entries, %,d files, %,d rows, %,d bytes"
                        .formatted(entries.size(), files(), rows(), bytes()));
        generationFold.ifPresent(fold ->
                text.append(", fold generations %d to %d".formatted(fold.from(), fold.to() - 1)));
        segmentFold.ifPresent(fold ->
                text.append(", fold segments %d to %d".formatted(fold.from(), fold.to() - 1)));
        return text.append(waiting > 0 ? ", more in %,d partitions".formatted(waiting) : "")
                .toString();
    }
}
