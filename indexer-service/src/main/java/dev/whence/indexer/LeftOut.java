package dev.whence.indexer;

import dev.whence.catalog.CommitLog;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.LogPartition;
import dev.whence.catalog.LogPosition;
import dev.whence.catalog.LogRange;
import dev.whence.catalog.Rollback;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** The entries between two versions, and what they brought to the datasets of a rollback. */
final class LeftOut {
    private final CommitLog log;

    LeftOut(CommitLog log) {
        this.log = log;
    }

    /** The entries that a version holds and an older one does not. */
    static List<LogRange> between(Base then, Base now) {
        var from = new HashMap<LogPartition, Long>();
        then.positions().forEach(at -> from.put(at.logPartition(), at.nextOffset()));
        var ranges = new ArrayList<LogRange>();
        for (LogPosition at : now.positions()) {
            long first = from.getOrDefault(at.logPartition(), 0L);
            if (first < at.nextOffset()) {
                ranges.add(new LogRange(at.topicId(), at.partition(), first, at.nextOffset()));
            }
        }
        return List.copyOf(ranges);
    }

    /** Their steps by dataset, in the order in which they took effect. */
    Map<Integer, List<Step>> steps(Rollback rollback) throws IOException {
        var ends = new HashMap<LogPartition, Long>();
        var heads = new PriorityQueue<>(Planner.OLDEST_FIRST);
        for (LogRange range : rollback.leftOut()) {
            ends.put(range.logPartition(), range.toSlot());
            log.read(range.logPartition(), range.fromSlot()).ifPresent(heads::add);
        }
        var steps = new TreeMap<Integer, List<Step>>(Integer::compareUnsigned);
        for (LogEntry entry = heads.poll(); entry != null; entry = heads.poll()) {
            for (Step step : Step.of(entry)) {
                if (rollback.concerns(step.datasetId())) {
                    steps.computeIfAbsent(step.datasetId(), id -> new ArrayList<>()).add(step);
                }
            }
            if (entry.nextOffset() < ends.getOrDefault(entry.logPartition(), 0L)) {
                log.read(entry.logPartition(), entry.nextOffset()).ifPresent(heads::add);
            }
        }
        return steps;
    }
}
