package dev.whence.indexer;

import dev.whence.access.Takedown;
import dev.whence.access.Takedowns;
import dev.whence.catalog.FreshId;
import dev.whence.catalog.LandingFile;
import dev.whence.index.DatasetCount;
import dev.whence.index.IndexSnapshot;
import dev.whence.index.LakeFile;
import dev.whence.index.Posting;
import dev.whence.lake.UrlFile;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of the lake what is taken down, beside the publishing and never in its way: it looks
 * through the files of the newest version that hold one of the domains, writes those anew that hold
 * a matching row, and leaves them for the next publish. A version in which nothing is found any
 * more is cleared. For one thread.
 */
final class Purger {
    private static final System.Logger LOG = System.getLogger(Purger.class.getName());

    /** More are forgotten all at once, and looked through again. */
    private static final int MOST_CLEAN = 100_000;

    private final ObjectStore store;
    private final FollowedRules rules;
    private final FreshId ids;
    private final Scratch scratch;
    private final long runBytes;
    private final ReadyWork<Purged> ready;
    private final IntPredicate writtenByOthers;
    private volatile boolean stopped;
    private volatile Set<Integer> claimed = Set.of();
    private volatile Set<Integer> wanted = Set.of();
    private volatile @Nullable Cleared cleared;
    private @Nullable Look lastLook;

    /** Keys of files without a row of what was due at the last look: no file changes. */
    private final Set<String> clean = new HashSet<>();

    private List<Takedown> cleanOf = List.of();

    /**
     * @param scratch belongs to it alone; it is emptied
     * @param runBytes of files that one run writes anew at most; at least one file
     * @param writtenByOthers whether somebody else writes a dataset's files anew at the moment
     */
    Purger(
            ObjectStore store,
            FollowedRules rules,
            FreshId ids,
            Scratch scratch,
            long runBytes,
            ReadyWork<Purged> ready,
            IntPredicate writtenByOthers) {
        this.store = store;
        this.rules = rules;
        this.ids = ids;
        this.scratch = scratch;
        this.runBytes = runBytes;
        this.ready = ready;
        this.writtenByOthers = writtenByOthers;
    }

    /** A running purge is given up soon, and none begins any more. */
    void stop() {
        stopped = true;
    }

    /** Whether it writes a dataset's files anew, or is to do so as soon as nobody else does. */
    boolean holds(int datasetId) {
        return claimed.contains(datasetId)
                || wanted.contains(datasetId)
                || ready.has(item -> item.datasetId() == datasetId);
    }

    /** A version that was found to be clear, if it says something of the one after a base. */
    Optional<Cleared> clearedFor(Base base) {
        return Optional.ofNullable(cleared).filter(found -> found.fits(base));
    }

    /**
     * Looks through what is due, unless the last run's files still wait.
     *
     * @throws PurgeCheckException if that would have taken out other rows, too
     */
    PurgeReport run(Base base) throws IOException {
        if (stopped || !ready.isEmpty() || base.version().isEmpty() || !base.snapshot().acquire()) {
            return PurgeReport.NONE;
        }
        Set<Integer> held = Set.of();
        try {
            FollowedRules.State state = rules.follow(base);
            var look = new Look(base.number(), state.rules().number());
            if (state.due().isEmpty() || look.equals(lastLook)) {
                return PurgeReport.NONE;
            }
            remember(state.due());
            var run = new Run(base, new TakenDownRows(Takedowns.of(state.due())));
            PurgeReport report = run.run(state.rules());
            held = run.held;
            lastLook = held.isEmpty() && report.filesPurged() == 0 ? look : null;
            return report;
        } catch (StoppedException e) {
            LOG.log(Level.INFO, "A purge is {0}", e.getMessage());
            return PurgeReport.NONE;
        } finally {
            // Nobody waits for a purge that failed, or is not due any more.
            wanted = held;
            claimed = Set.of();
            base.snapshot().release();
            scratch.empty();
        }
    }

    /** A version, and the rules by which it was looked through: once says all. */
    private record Look(long version, long rules) {}

    private void remember(List<Takedown> due) {
        if (!due.equals(cleanOf) || clean.size() > MOST_CLEAN) {
            clean.clear();
            cleanOf = due;
        }
    }

    /** One look through a version. */
    private final class Run {
        private final Base base;
        private final IndexSnapshot snapshot;
        private final TakenDownRows takenDown;
        private final Set<Integer> held = new HashSet<>();
        private final List<Purged> purged = new ArrayList<>();
        private long budget = runBytes;
        private long looked;
        private boolean clear = true;

        Run(Base base, TakenDownRows takenDown) {
            this.base = base;
            this.snapshot = base.snapshot();
            this.takenDown = takenDown;
        }

        /** A dataset that cannot be purged holds up no other. */
        PurgeReport run(RulesInForce newest) throws IOException {
            Map<Integer, NavigableSet<String>> domains = domainsByDataset();
            claimed = Set.copyOf(domains.keySet());
            IOException failure = null;
            for (var ofDataset : domains.entrySet()) {
                try {
                    lookThrough(ofDataset.getKey(), ofDataset.getValue());
                } catch (IOException e) {
                    if (failure == null) {
                        failure = e;
                    } else {
                        failure.addSuppressed(e);
                    }
                }
            }
            if (failure != null) {
                throw failure;
            }
            if (clear && nothingWaits()) {
                cleared = Cleared.of(base, newest);
            }
            return PurgeReport.of(looked, purged);
        }

        private Map<Integer, NavigableSet<String>> domainsByDataset() {
            var domains = new LinkedHashMap<Integer, NavigableSet<String>>();
            for (String domain : takenDown.domains()) {
                int ordinal = snapshot.ordinalOf(domain);
                if (ordinal >= 0) {
                    for (DatasetCount count : snapshot.datasetsOf(ordinal)) {
                        domains.computeIfAbsent(count.datasetId(), _ -> new TreeSet<>())
                                .add(domain);
                    }
                }
            }
            return domains;
        }

        private void lookThrough(int datasetId, NavigableSet<String> domains) throws IOException {
            var purge =
                    new FilePurge(
                            store, ids, scratch, datasetId, base.number(), snapshot, takenDown);
            try {
                for (var file : files(datasetId, domains).entrySet()) {
                    requireRunning();
                    lookThrough(file.getKey(), file.getValue(), purge);
                }
                Optional<Purged> done = purge.finish();
                done.ifPresent(purged::add);
                done.ifPresent(ready::add);
            } catch (IOException | RuntimeException e) {
                purge.drop();
                throw e;
            }
        }

        private Map<LakeFile, NavigableSet<String>> files(
                int datasetId, NavigableSet<String> domains) {
            var files = new LinkedHashMap<LakeFile, NavigableSet<String>>();
            for (String domain : domains) {
                for (Posting posting : snapshot.postings(datasetId, domain)) {
                    files.computeIfAbsent(posting.file(), _ -> new TreeSet<>()).add(domain);
                }
            }
            return files;
        }

        private void lookThrough(LakeFile file, NavigableSet<String> domains, FilePurge purge)
                throws IOException {
            if (clean.contains(file.key())) {
                return;
            }
            UrlFile opened = UrlFile.open(store, file.key(), file.bytes());
            TakenDownRows.Found found = takenDown.in(opened, domains);
            looked++;
            if (found.isEmpty()) {
                clean.add(file.key());
                return;
            }
            clear = false;
            if (writtenByOthers.test(file.datasetId())) {
                // It has its turn as soon as they are done: nobody begins anew before.
                held.add(file.datasetId());
            } else if (budget == runBytes || file.bytes() <= budget) {
                budget -= file.bytes();
                purge.purge(file, opened, domains, found);
            }
        }

        /** Whether no file of a queue, or of a source that is not whole, holds a matching row. */
        private boolean nothingWaits() throws IOException {
            for (LandingFile file : WaitingFiles.of(base.table()).toList()) {
                requireRunning();
                if (clean.contains(file.key())) {
                    continue;
                }
                if (WaitingFiles.hold(file, takenDown, store)) {
                    return false;
                }
                clean.add(file.key());
            }
            return true;
        }

        private void requireRunning() {
            if (stopped) {
                throw new StoppedException();
            }
        }
    }
}
