package dev.whence.indexer;

import dev.whence.catalog.DatasetTable;
import dev.whence.catalog.FreshId;
import dev.whence.merge.MergeRefusedException;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts small files of the lake together, beside the publishing and never in its way: it reads the
 * newest version that is known, writes new files that nobody sees, and leaves them for the next
 * publish. Datasets take turns; one run takes a bounded number of bytes. For one thread.
 */
final class Compactor {
    private static final System.Logger LOG = System.getLogger(Compactor.class.getName());

    /** However small they are: what a run makes must not wait long for the first look at it. */
    private static final int MOST_GROUPS = 256;

    private final ObjectStore store;
    private final Scratch scratch;
    private final CompactionSettings settings;
    private final FreshId ids;
    private final ReadyWork<Compacted> ready;
    private final IntPredicate heldByOthers;
    private final DueFiles dueFiles;
    private volatile boolean stopped;
    private volatile Set<Integer> claimed = Set.of();
    private volatile Set<Integer> wanted = Set.of();
    private Set<Integer> outOfTurn = Set.of();
    private long lastDataset = -1;
    private long nothingDueIn = -1;
    private @Nullable CompactionCheckException wrong;

    /**
     * @param scratch belongs to it alone; it is emptied
     * @param heldByOthers whether somebody else writes a dataset's files anew
     */
    Compactor(
            ObjectStore store,
            Scratch scratch,
            CompactionSettings settings,
            FreshId ids,
            ReadyWork<Compacted> ready,
            IntPredicate heldByOthers) {
        this.store = store;
        this.scratch = scratch;
        this.settings = settings;
        this.ids = ids;
        this.ready = ready;
        this.heldByOthers = heldByOthers;
        this.dueFiles = new DueFiles(settings);
    }

    /** A running compaction is given up soon, and none begins any more. */
    void stop() {
        stopped = true;
    }

    /** Whether it puts a dataset's files together, or is to do so next. */
    boolean holds(int datasetId) {
        return writes(datasetId) || wanted.contains(datasetId);
    }

    /** Whether it puts a dataset's files together at the moment, or has and they wait. */
    boolean writes(int datasetId) {
        return claimed.contains(datasetId) || ready.has(item -> item.datasetId() == datasetId);
    }

    /**
     * Puts together what is due, unless the last run's files still wait.
     *
     * @throws CompactionCheckException if that would have changed what the lake holds, now or in an
     *     earlier run
     */
    CompactionReport run(Base base) throws IOException {
        if (wrong != null) {
            wanted = Set.of();
            throw wrong;
        }
        if (stopped || !ready.isEmpty() || base.version().isEmpty() || !base.snapshot().acquire()) {
            return CompactionReport.NONE;
        }
        try {
            return compact(due(base), base);
        } catch (StoppedException e) {
            LOG.log(Level.INFO, "Compaction is {0}", e.getMessage());
            return CompactionReport.NONE;
        } catch (CompactionCheckException e) {
            wrong = e;
            throw e;
        } finally {
            claimed = Set.of();
            base.snapshot().release();
            scratch.empty();
        }
    }

    /**
     * The groups of one run, beginning behind the dataset that was the last to have its turn. One
     * that was held by others then comes before, as soon as they are done.
     */
    private List<CompactionGroup> due(Base base) {
        if (base.number() == nothingDueIn) {
            return List.of();
        }
        outOfTurn = wanted;
        List<Integer> datasets =
                base.table().rows().stream()
                        .map(DatasetTable.Row::datasetId)
                        .sorted(
                                Comparator.comparing((Integer id) -> !outOfTurn.contains(id))
                                        .thenComparingLong(this::turn))
                        .toList();
        var due = new ArrayList<CompactionGroup>();
        var held = new HashSet<Integer>();
        long budget = settings.runBytes();
        for (int datasetId : datasets) {
            List<CompactionGroup> groups = dueFiles.of(base.snapshot().files(datasetId));
            if (!groups.isEmpty() && heldByOthers.test(datasetId)) {
                held.add(datasetId);
                continue;
            }
            for (CompactionGroup group : groups) {
                if (due.size() == MOST_GROUPS || (!due.isEmpty() && group.bytes() > budget)) {
                    // The next run begins here, or soon behind: what is large has its turn, too.
                    wanted = Set.copyOf(held);
                    return due;
                }
                due.add(group);
                budget -= group.bytes();
            }
        }
        wanted = Set.copyOf(held);
        if (due.isEmpty() && held.isEmpty()) {
            nothingDueIn = base.number();
        }
        return due;
    }

    /** Ids behind the last one come first. */
    private long turn(int datasetId) {
        long id = Integer.toUnsignedLong(datasetId);
        return id > lastDataset ? id : id + (1L << Integer.SIZE);
    }

    private CompactionReport compact(List<CompactionGroup> due, Base base) throws IOException {
        CompactionReport report = CompactionReport.NONE;
        if (due.isEmpty()) {
            return report;
        }
        claimed = due.stream().map(CompactionGroup::datasetId).collect(Collectors.toSet());
        Path directory = scratch.newDirectory();
        var compaction = new GroupCompaction(store, ids, directory, settings, () -> stopped);
        for (CompactionGroup group : due) {
            // Noted before: a dataset that cannot be compacted does not keep the others waiting.
            if (!outOfTurn.contains(group.datasetId())) {
                lastDataset = Integer.toUnsignedLong(group.datasetId());
            }
            long start = System.nanoTime();
            try {
                var done = compaction.run(group, base.number(), base.snapshot());
                ready.add(done.compacted());
                report =
                        report.plus(
                                done.compacted(),
                                done.bytesRead(),
                                Duration.ofNanos(System.nanoTime() - start));
            } catch (MergeRefusedException e) {
                LOG.log(
                        Level.WARNING,
                        "Files of dataset {0} cannot be put together: {1}",
                        Integer.toUnsignedString(group.datasetId()),
                        e.getMessage());
            }
        }
        return report;
    }
}
