package dev.whence.indexer;

import dev.whence.catalog.DatasetTable;
import dev.whence.catalog.FreshId;
import dev.whence.merge.MergeRefusedException;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
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
    private final Path scratch;
    private final CompactionSettings settings;
    private final FreshId ids;
    private final ReadyCompactions ready;
    private final DueFiles dueFiles;
    private volatile boolean stopped;
    private long lastDataset = -1;
    private long nothingDueIn = -1;
    private @Nullable CompactionCheckException wrong;

    /**
     * @param scratch a local directory that belongs to it alone; it is emptied
     */
    Compactor(
            ObjectStore store,
            Path scratch,
            CompactionSettings settings,
            FreshId ids,
            ReadyCompactions ready) {
        this.store = store;
        this.scratch = scratch;
        this.settings = settings;
        this.ids = ids;
        this.ready = ready;
        this.dueFiles = new DueFiles(settings);
    }

    /** A running compaction is given up soon, and none begins any more. */
    void stop() {
        stopped = true;
    }

    /**
     * Puts together what is due, unless the last run's files still wait.
     *
     * @throws CompactionCheckException if that would have changed what the lake holds, now or in an
     *     earlier run
     */
    CompactionReport run(Base base) throws IOException {
        if (wrong != null) {
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
            base.snapshot().release();
            empty(scratch);
        }
    }

    /** The groups of one run, beginning behind the dataset that was the last to have its turn. */
    private List<CompactionGroup> due(Base base) {
        if (base.number() == nothingDueIn) {
            return List.of();
        }
        List<Integer> datasets =
                base.table().rows().stream()
                        .map(DatasetTable.Row::datasetId)
                        .sorted(Comparator.comparingLong(this::turn))
                        .toList();
        var due = new ArrayList<CompactionGroup>();
        long budget = settings.runBytes();
        for (int datasetId : datasets) {
            for (CompactionGroup group : dueFiles.of(base.snapshot().files(datasetId))) {
                if (due.size() == MOST_GROUPS || (!due.isEmpty() && group.bytes() > budget)) {
                    // The next run begins here, or soon behind: what is large has its turn, too.
                    return due;
                }
                due.add(group);
                budget -= group.bytes();
            }
        }
        if (due.isEmpty()) {
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
        if (!due.isEmpty()) {
            empty(Files.createDirectories(scratch));
        }
        var compaction = new GroupCompaction(store, ids, scratch, settings, () -> stopped);
        for (CompactionGroup group : due) {
            // Noted before: a dataset that cannot be compacted does not keep the others waiting.
            lastDataset = Integer.toUnsignedLong(group.datasetId());
            long start = System.nanoTime();
            try {
                var done = compaction.run(group, base.number(), base.snapshot());
                ready.add(List.of(done.compacted()));
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

    private static void empty(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            try (Stream<Path> entries = Files.list(directory)) {
                for (Path entry : entries.toList()) {
                    Files.deleteIfExists(entry);
                }
            }
        }
    }
}
