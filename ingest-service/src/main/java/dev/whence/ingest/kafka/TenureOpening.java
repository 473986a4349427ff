package dev.whence.ingest.kafka;

import dev.whence.catalog.CommitLog;
import dev.whence.catalog.FreshId;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.LogPartition;
import dev.whence.catalog.LogPosition;
import dev.whence.catalog.VersionChain;
import dev.whence.ingest.Tenure;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Begins a tenure where the commit log ends. The walk along the log starts at the newest version of
 * the index, which holds all entries before its position, or where the walk before ended; it is
 * made in parts, since the group waits for nobody who does not poll. Of the reading thread alone.
 */
final class TenureOpening {
    private static final System.Logger LOG = System.getLogger(TenureOpening.class.getName());

    private static final int ENTRIES_AT_ONCE = 1_000;

    private final Topics topics;
    private final CommitLog log;
    private final VersionChain versions;
    private final FreshId ids;
    private final Clock clock;
    private final boolean acceptLostRecords;

    /** Slots up to which logs were followed: numbers of their chains, which stay so for ever. */
    private final Map<LogPartition, Long> followed = new HashMap<>();

    TenureOpening(
            Topics topics,
            CommitLog log,
            VersionChain versions,
            FreshId ids,
            Clock clock,
            boolean acceptLostRecords) {
        this.topics = topics;
        this.log = log;
        this.versions = versions;
        this.ids = ids;
        this.clock = clock;
        this.acceptLostRecords = acceptLostRecords;
    }

    /**
     * A tenure, active or stopped with the reason; nothing if the log has to be followed further.
     */
    Optional<Tenure> open(TopicPartition partition) throws IOException {
        Topics.Topic topic = topics.describe(partition.topic());
        log.register(topic.id(), partition.topic(), topic.partitions());
        var logPartition = new LogPartition(topic.id(), partition.partition());
        if (!follow(logPartition)) {
            return Optional.empty();
        }
        long next = followed.getOrDefault(logPartition, 0L);
        Topics.Offsets offsets = topics.offsets(partition);

        if (offsets.start() > next && acceptLostRecords) {
            acceptLoss(logPartition, next, offsets.start());
            next = log.end(logPartition, next);
        }
        var tenure = new Tenure(partition.topic(), logPartition, next);
        if (offsets.start() > next || offsets.end() < next) {
            if (!topics.isStill(tenure)) {
                throw new IOException("topic " + partition.topic() + " was just made again");
            }
            tenure.leave(Tenure.State.STOPPED, problem(offsets, next));
        }
        return Optional.of(tenure);
    }

    /** Follows the log for a while; answers whether that was to its end. */
    private boolean follow(LogPartition partition) throws IOException {
        long slot = Math.max(followed.getOrDefault(partition, 0L), indexed(partition));
        try {
            for (int entries = 0; entries < ENTRIES_AT_ONCE; entries++) {
                Optional<LogEntry> entry = log.read(partition, slot);
                if (entry.isEmpty()) {
                    return true;
                }
                slot = entry.get().nextOffset();
            }
            return false;
        } finally {
            // Also where a read failed: a store that fails often would let no walk come to its end.
            followed.put(partition, slot);
        }
    }

    private static String problem(Topics.Offsets offsets, long next) {
        return offsets.start() > next
                ? "records %d to %d were deleted by the broker before they were ingested (its log starts at %d); send their batches again and set whence.ingest.accept-lost-records=true to go on after them"
                        .formatted(next, offsets.start() - 1, offsets.start())
                : "the commit log goes up to offset %d but the broker's log ends at %d: the broker lost records that are ingested; make the topic again, or new records would take offsets that count as done"
                        .formatted(next, offsets.end());
    }

    private long indexed(LogPartition partition) throws IOException {
        return versions.latest().stream()
                .flatMap(version -> version.positions().stream())
                .filter(position -> position.logPartition().equals(partition))
                .mapToLong(LogPosition::nextOffset)
                .max()
                .orElse(0);
    }

    /** An entry that holds nothing says that nothing of these records will come any more. */
    private void acceptLoss(LogPartition partition, long from, long to) throws IOException {
        LOG.log(
                System.Logger.Level.WARNING,
                "{0}: records {1} to {2} are lost, as whence.ingest.accept-lost-records allows",
                partition,
                Long.toString(from),
                Long.toString(to - 1));
        log.append(
                new LogEntry(
                        partition,
                        from,
                        to,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        ids.next(),
                        List.of(),
                        List.of(),
                        0,
                        null));
    }
}
