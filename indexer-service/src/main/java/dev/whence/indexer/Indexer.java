package dev.whence.indexer;

import dev.whence.access.AccessChain;
import dev.whence.access.Takedown;
import dev.whence.catalog.BlockCache;
import dev.whence.catalog.Commit;
import dev.whence.catalog.CommitLog;
import dev.whence.catalog.DatasetRegistry;
import dev.whence.catalog.FreshId;
import dev.whence.catalog.IndexStack;
import dev.whence.catalog.InstructionLog;
import dev.whence.catalog.Retention;
import dev.whence.catalog.Retirer;
import dev.whence.catalog.Version;
import dev.whence.catalog.VersionChain;
import dev.whence.store.CountingObjectStore;
import dev.whence.store.ObjectStore;
import dev.whence.store.StoreCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Brings the index after the commit log: plan → build → check → publish → retire. One thread
 * publishes; others may keep house meanwhile, put files together, carry queues out and fold blocks.
 * Everything that it knows stands in the store, so that it can be killed at any moment and be run
 * twice.
 */
public final class Indexer implements AutoCloseable {
    /**
     * How many threads fold blocks: each stack may have one large fold at a time, and one thread is
     * left for small ones.
     */
    public static final int FOLD_THREADS = 3;

    private final VersionChain versions;
    private final BlockCache cache;
    private final Planner planner;
    private final IndexBuilder builder;
    private final Checker checker;
    private final Publisher publisher;
    private final Housekeeping housekeeping;
    private final CountingObjectStore compared;
    private final FollowedRules rules;
    private final LakeWork work;
    private final Folds folds;
    private final Besides besides;
    private volatile Base base;
    private volatile int entriesBehind;

    /**
     * @param cacheDirectory belongs to this indexer alone, and beside it directories of its name
     *     and {@code -compaction}, {@code -queue} or {@code -purge}
     * @param random thread-safe
     */
    public Indexer(
            ObjectStore store,
            Path cacheDirectory,
            IndexerSettings settings,
            Clock clock,
            RandomGenerator random)
            throws IOException {
        var ids = new FreshId(clock, random);
        var log = new CommitLog(store);
        var datasets = new DatasetRegistry(store, clock);
        this.versions = new VersionChain(store);
        this.cache = new BlockCache(store, cacheDirectory);
        this.compared = new CountingObjectStore(store);
        this.base = Base.empty();
        this.rules = new FollowedRules(new AccessChain(store));
        var retirer =
                new Retirer(
                        store,
                        versions,
                        new Retention(settings.retention()),
                        settings.dryRun(),
                        clock);
        var comparison =
                new Comparison(
                        new OpenFiles(compared, settings.openedBytes()),
                        settings.comparedFiles(),
                        settings.comparedBytes());
        this.work = new LakeWork(store, cacheDirectory, settings, comparison, ids, rules);
        this.folds = new Folds(store, cache, ids, settings, random);
        this.besides = new Besides(clock, settings.compaction().publishInterval(), work, folds);
        this.planner =
                new Planner(
                        log,
                        new InstructionLog(store),
                        rules,
                        settings.limits(),
                        settings.partExpiry(),
                        clock);
        this.builder =
                new IndexBuilder(
                        store,
                        cache,
                        ids,
                        new Instructions(store, cache, versions, log),
                        new Intakes(
                                store,
                                comparison,
                                settings.threads(),
                                settings.merge().atOnceBytes()),
                        datasets,
                        new VersionDrafting(retirer, ids, clock),
                        folds);
        this.checker = new Checker(store, cache, settings.checkSamples(), random);
        this.publisher = new Publisher(versions);
        this.housekeeping =
                new Housekeeping(
                        retirer,
                        new OrphanSweep(
                                store,
                                versions,
                                log,
                                new OrphanWalk(store, log, datasets, random),
                                settings,
                                clock));
    }

    /** Publishes the next version, if there is anything to publish. For one thread. */
    public Outcome publishOnce() throws IOException {
        var times = new EnumMap<Phase, Duration>(Phase.class);
        followVersions();
        Plan plan = timed(times, Phase.PLAN, () -> planner.plan(base));
        entriesBehind = plan.entries().size() + plan.waiting();
        Ready ready = besides.readyFor(plan, base);
        if (plan.isEmpty() && !besides.mayPublishOnly(ready)) {
            besides.wentWell();
            return new Outcome.Idle(base.number());
        }
        cache.retain(this::neededBlocks);
        try {
            Outcome outcome = publish(plan, ready, times);
            besides.wentWell();
            return outcome;
        } catch (IOException | RuntimeException e) {
            besides.failed(ready);
            if (LocalDamage.mayBeBehind(e)) {
                fetchAgainWhatIsDamaged(e);
            }
            throw e;
        }
    }

    /** The base stays what it is, on blocks that are whole: the next attempt has them. */
    private void fetchAgainWhatIsDamaged(Exception failure) {
        try {
            if (base.version().isPresent()) {
                Version version = base.version().get();
                cache.dropDamaged(version.blocks().toList());
                moveTo(Base.open(version, cache));
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Those of the base, and folds that wait. */
    private Set<String> neededBlocks() {
        Set<String> needed = base.blockIds();
        needed.addAll(folds.waiting().blockIds());
        return needed;
    }

    private Outcome publish(Plan plan, Ready ready, Map<Phase, Duration> times) throws IOException {
        Draft draft = timed(times, Phase.BUILD, () -> builder.build(plan, ready, base));
        Base next = timed(times, Phase.CHECK, () -> checker.check(draft, base));
        return switch (timed(times, Phase.PUBLISH, () -> publish(draft, next))) {
            case Commit.Done<Version>(Version ours) -> {
                besides.taken(ready, plan);
                yield new Outcome.Published(ours, PublishReport.of(draft, times));
            }
            case Commit.Lost<Version>(Version winner) -> new Outcome.Lost(winner);
        };
    }

    /**
     * Puts small files of the lake together, if any are due, for the next publish to take in; for a
     * thread of its own.
     *
     * @throws CompactionCheckException if that would change what the lake holds; nothing is
     *     compacted any more
     */
    public CompactionReport compactOnce() throws IOException {
        return work.compactor().run(base);
    }

    /**
     * Takes out of the lake what is taken down, if anything is left, for the next publish to take
     * in; for a thread of its own.
     *
     * @throws PurgeCheckException if that would take out other rows, too
     */
    public PurgeReport purgeOnce() throws IOException {
        return work.purger().run(base);
    }

    /**
     * Carries out the oldest of what datasets have queued, for the next publish to take in; for a
     * few threads of their own.
     *
     * @return whether there was anything
     */
    public boolean carryOutQueued() throws IOException {
        return work.queueRuns().runNext(base);
    }

    /**
     * Folds adjacent blocks of one of the index's stacks, if that is due, for the next publish to
     * take in; for {@link #FOLD_THREADS} threads of their own.
     *
     * @return what was done; empty if nothing was due
     */
    public Optional<FoldReport> foldOnce() throws IOException {
        return folds.runNext(base);
    }

    /** What runs beside the publishing is given up soon, and nothing of it begins any more. */
    public void stopBesides() {
        work.stop();
        folds.stop();
    }

    /** What became of folds since the start. */
    public ReadyTotals folds() {
        return folds.totals();
    }

    /** How many blocks a stack has in the newest version that it knows. */
    public int blocks(IndexStack stack) {
        return base.version().map(version -> stack.of(version).size()).orElse(0);
    }

    /** How far the fold of a stack is that is least far, 0 to 1; 1 if none runs. */
    public double foldProgress(IndexStack stack) {
        return folds.progress(stack);
    }

    /** What became of compacted files since the start, by groups that were put together. */
    public ReadyTotals compactions() {
        return work.compacted().totals();
    }

    /** What became of files that were written anew without what is taken down, by datasets. */
    public ReadyTotals purges() {
        return work.purged().totals();
    }

    /** Takedowns of which something may be left in the lake, as far as is known. */
    public List<Takedown> takedownsDue() {
        return rules.known().due();
    }

    /** What became of runs of queues since the start. */
    public ReadyTotals queueRuns() {
        return work.carriedOut().totals();
    }

    /** Bytes of compacted files that no version has taken in yet. */
    public long compactedBytesWaiting() {
        return work.compacted().bytes();
    }

    /** Why a queue of the newest version could not be carried out lately; empty if all could. */
    public Optional<String> queueProblem() {
        return work.queueRuns().problem(base);
    }

    /** How many datasets have steps in a queue, in the newest version that it knows. */
    public int datasetsQueued() {
        return base.table().queued().size();
    }

    /** How many files wait in these. */
    public int filesQueued() {
        return base.queuedFiles();
    }

    /** Deletes what has been expired for long enough; for a thread of its own. */
    public int retire() throws IOException {
        return housekeeping.retire(base);
    }

    /** Deletes some of what attempts left behind that came to nothing; for a thread of its own. */
    public int sweepOrphans() throws IOException {
        return housekeeping.sweepOrphans(base);
    }

    /** How many expired objects could not be deleted yet, as of the last run of {@link #retire}. */
    public int expiredLeft() {
        return housekeeping.expiredLeft();
    }

    /** How many orphans the last run of {@link #sweepOrphans} could not delete. */
    public int orphansLeft() {
        return housekeeping.orphansLeft();
    }

    /**
     * Since when the oldest may be deleted of what old versions left and is still there, because it
     * cannot be deleted or because of a dry run. Empty if all is gone that may go.
     */
    public Optional<Instant> deletionDueSince() {
        return housekeeping.dueSince();
    }

    /** The number of the newest version that this indexer knows. */
    public long version() {
        return base.number();
    }

    /** How many committed entries are known that are not in the index yet; there may be more. */
    public int entriesBehind() {
        return entriesBehind;
    }

    /** How many parts of sources wait for others in the newest version that it knows. */
    public int partsWaiting() {
        return base.table().waitingParts().size();
    }

    /** What was read of the lake to compare inserts with, since the start. */
    public StoreCounts compared() {
        return compared.counts();
    }

    @Override
    public void close() {
        base.close();
    }

    private Commit<Version> publish(Draft draft, Base next) throws IOException {
        try {
            Commit<Version> commit = publisher.publish(draft);
            if (commit instanceof Commit.Done<Version>) {
                moveTo(next);
                entriesBehind = draft.plan().waiting();
            } else {
                next.close();
            }
            return commit;
        } catch (IOException | RuntimeException e) {
            next.close();
            throw e;
        }
    }

    private void followVersions() throws IOException {
        var newest = base.number() == 0 ? versions.latest() : versions.latestFrom(base.number());
        if (newest.isPresent() && newest.get().number() > base.number()) {
            moveTo(Base.open(newest.get(), cache));
        }
    }

    private void moveTo(Base next) {
        Base last = base;
        base = next;
        last.close();
    }

    private static <T> T timed(Map<Phase, Duration> times, Phase phase, Step<T> step)
            throws IOException {
        long start = System.nanoTime();
        T result = step.run();
        times.put(phase, Duration.ofNanos(System.nanoTime() - start));
        return result;
    }

    private interface Step<T> {
        T run() throws IOException;
    }
}
