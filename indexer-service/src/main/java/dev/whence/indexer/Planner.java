package dev.whence.indexer;

import dev.whence.catalog.CommitLog;
import dev.whence.catalog.InstructionLog;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.LogPartition;
import dev.whence.catalog.LogPosition;
import dev.whence.catalog.WaitingPart;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;

/**
 * Follows every partition's chain of the commit log from where the base stands. The oldest entry of
 * all partitions is taken next, so that none of them starves; within a partition the chain gives
 * the order.
 */
final class Planner {
    static final Comparator<LogEntry> OLDEST_FIRST =
            Comparator.comparing(LogEntry::committedAt)
                    .thenComparing(LogEntry::topicId)
                    .thenComparingInt(LogEntry::partition);

    /** Files in queues from which on the log is left to wait: the table is written whole. */
    static final int MOST_QUEUED = 10_000;

    private final CommitLog log;
    private final InstructionLog instructions;
    private final FollowedRules rules;
    private final PublishLimits limits;
    private final Duration partExpiry;
    private final Clock clock;

    Planner(
            CommitLog log,
            InstructionLog instructions,
            FollowedRules rules,
            PublishLimits limits,
            Duration partExpiry,
            Clock clock) {
        this.log = log;
        this.instructions = instructions;
        this.rules = rules;
        this.limits = limits;
        this.partExpiry = partExpiry;
        this.clock = clock;
    }

    Plan plan(Base base) throws IOException {
        Map<LogPartition, Long> positions = positions(base);
        var heads = new PriorityQueue<>(OLDEST_FIRST);
        heads.addAll(heads(positions));
        var taken = new ArrayList<LogEntry>();
        long rows = 0;
        long bytes = 0;
        var instruction = instructions.read(base.operations().taken() + 1);
        boolean room = instruction.isEmpty() && base.queuedFiles() < MOST_QUEUED;
        for (LogEntry entry = heads.peek();
                room && entry != null && limits.allow(taken.size(), rows, bytes, entry);
                entry = heads.peek()) {
            heads.remove();
            taken.add(entry);
            rows += PublishLimits.rowsOf(entry);
            bytes += PublishLimits.bytesOf(entry);
            positions.put(entry.logPartition(), entry.nextOffset());
            log.read(entry.logPartition(), entry.nextOffset()).ifPresent(heads::add);
        }
        Instant overdueSince = heads.isEmpty() ? clock.instant().minus(partExpiry) : Instant.EPOCH;
        return new Plan(
                base.number() + 1,
                List.copyOf(taken),
                positions.entrySet().stream().map(Planner::position).toList(),
                heads.size(),
                instruction,
                rules.follow(base).rules(),
                overdueSince,
                WaitingSources.anyOverdue(waitingParts(base), overdueSince));
    }

    /** Without those of datasets with a queue, which may hold what they wait for. */
    private static List<WaitingPart> waitingParts(Base base) {
        return base.table().waitingParts().stream()
                .filter(part -> base.queue(part.merge().datasetId()).isEmpty())
                .toList();
    }

    /** The next entry of each partition that has one: one read each, most of them in vain. */
    private List<LogEntry> heads(Map<LogPartition, Long> positions) throws IOException {
        var reads = new ArrayList<Callable<Optional<LogEntry>>>();
        positions.forEach((partition, slot) -> reads.add(() -> log.read(partition, slot)));
        return SideBySide.run(SideBySide.READS, reads).stream().flatMap(Optional::stream).toList();
    }

    private Map<LogPartition, Long> positions(Base base) throws IOException {
        var positions = new LinkedHashMap<LogPartition, Long>();
        for (LogPosition position : base.positions()) {
            positions.put(position.logPartition(), position.nextOffset());
        }
        for (LogPartition partition : log.partitions()) {
            positions.putIfAbsent(partition, 0L);
        }
        return positions;
    }

    private static LogPosition position(Map.Entry<LogPartition, Long> position) {
        LogPartition partition = position.getKey();
        return new LogPosition(partition.topicId(), partition.partition(), position.getValue());
    }
}
