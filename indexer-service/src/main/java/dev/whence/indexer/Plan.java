package dev.whence.indexer;

import dev.whence.catalog.Instruction;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.LogPosition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the next version will take in of the log. A plan changes nothing, and can be printed.
 *
 * @param version the number that the next version will have
 * @param entries in the order in which they take effect
 * @param positions where the next version will stand in each partition
 * @param waiting how many partitions have committed entries left for the version after
 * @param instruction what is asked for; no entries are taken in with it
 * @param rules what they take down is left out of what is taken in
 * @param overdueSince sources expire that have not had a part since then; the beginning of time
 *     while entries wait, which may hold one
 * @param overdue whether there is one in the base
 */
public record Plan(
        long version,
        List<LogEntry> entries,
        List<LogPosition> positions,
        int waiting,
        Optional<Instruction> instruction,
        RulesInForce rules,
        Instant overdueSince,
        boolean overdue) {

    /** Whether there is nothing to publish. */
    public boolean isEmpty() {
        return entries.isEmpty() && instruction.isEmpty() && !overdue;
    }

    /** Whether an entry takes away all that a dataset holds, and all that is queued for it. */
    boolean retracts(int datasetId) {
        return entries.stream()
                .flatMap(entry -> entry.mergesInOrder().stream())
                .anyMatch(merge -> merge.datasetId() == datasetId && merge.effect().all());
    }

    /** Whether the last entry with a batch for a dataset took no URL of it. */
    boolean lastTookNothing(int datasetId) {
        return entries.reversed().stream()
                .filter(entry -> entry.tallies().stream().anyMatch(t -> t.datasetId() == datasetId))
                .findFirst()
                .filter(entry ->
                        Step.of(entry).stream().noneMatch(step -> step.datasetId() == datasetId))
                .isPresent();
    }

    public int files() {
        return (int) entries.stream().flatMap(LogEntry::allFiles).count();
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
        instruction.ifPresent(asked ->
                text.append(
                        ", instruction %d: %s %d"
                                .formatted(asked.number(), asked.kind().text(), asked.version())));
        if (overdue) {
            text.append(", expire sources without a part since ").append(overdueSince);
        }
        return text.append(waiting > 0 ? ", more in %,d partitions".formatted(waiting) : "")
                .toString();
    }
}
