package dev.whence.indexer;

import dev.whence.catalog.BlockCache;
import dev.whence.catalog.Commit;
import dev.whence.catalog.CommitLog;
import dev.whence.catalog.DatasetRegistry;
import dev.whence.catalog.FreshId;
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
import java.util.stream.Collectors;

/**
 * Brings the index after the commit log: plan → build → check → publish → retire. One thread
 * publishes; another may keep house meanwhile, and a third put files together. Everything that it
 * knows stands in the store, so that it can be killed at any moment and be run twice.
 */
public final class Indexer implements AutoCloseable {
    private final VersionChain versions;
    private final BlockCache cache;
    private final Planner planner;
    private final IndexBuilder builder;
    private final Checker checker;
    private final Publisher publisher;
    private final Housekeeping housekeeping;
    private final CountingObjectStore compared;
    private final Clock clock;
    private final Duration compactionPublishInterval;
    private final ReadyWork<Compacted> compacted = new ReadyWork<>();
    private final ReadyWork<CarriedOut> carriedOut = new ReadyWork<>();
    private final Compactor compactor;
    private final QueueRuns queueRuns;
    private volatile Base base;
    private volatile int entriesBehind;
    private Instant onlyCompactedAt = Instant.MIN;
    private List<CarriedOut> suspects = List.of();

    /**
     * @param cacheDirectory belongs to this indexer alone, and beside it directories of its name
     *     and {@code -compaction} or {@code -queue}
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
        this.clock = clock;
        this.compactionPublishInterval = settings.compaction().publishInterval();
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
        this.queueRuns =
                new QueueRuns(
                        store,
                        comparison,
                        ids,
                        scratchBeside(cacheDirectory, "-queue"),
                        settings.limits(),
                        carriedOut,
                        this::isCompacted);
        this.compactor =
                new Compactor(
                        store,
                        scratchBeside(cacheDirectory, "-compaction"),
                        settings.compaction(),
                        ids,
                        compacted,
                        queueRuns::holds);
        this.planner =
                new Planner(
                        log,
                        new InstructionLog(store),
                        settings.limits(),
                        settings.stack(),
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
                        new VersionDrafting(retirer, ids, clock));
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
        Ready ready = readyFor(plan);
        if (plan.isEmpty() && !mayPublishOnly(ready)) {
            dropSuspects();
            return new Outcome.Idle(base.number());
        }
        cache.retain(base.blockIds());
        try {
            Outcome outcome = publish(plan, ready, times);
            dropSuspects();
            return outcome;
        } catch (IOException | RuntimeException e) {
            compacted.drop(ready.compacted());
            suspects = ready.carriedOut();
            throw e;
        }
    }

    /** An attempt failed with them, and the next one went well without. */
    private void dropSuspects() {
        carriedOut.drop(suspects);
        suspects = List.of();
    }

    private Outcome publish(Plan plan, Ready ready, Map<Phase, Duration> times) throws IOException {
        Draft draft = timed(times, Phase.BUILD, () -> builder.build(plan, ready, base));
        Base next = timed(times, Phase.CHECK, () -> checker.check(draft, base));
        return switch (timed(times, Phase.PUBLISH, () -> publish(draft, next))) {
            case Commit.Done<Version>(Version ours) -> {
                compacted.taken(ready.compacted());
                carriedOut.taken(ready.carriedOut());
                if (plan.isEmpty() && ready.carriedOut().isEmpty()) {
                    onlyCompactedAt = clock.instant();
                }
                yield new Outcome.Published(ours, PublishReport.of(draft, times));
            }
            case Commit.Lost<Version>(Version winner) -> new Outcome.Lost(winner);
        };
    }

    /**
     * What fits, of each dataset one thing: whoever began at the same moment as the other waits for
     * the next version, and may not fit it. A plan that retracts a dataset has no use for what was
     * queued for it.
     */
    private Ready readyFor(Plan plan) {
        if (plan.instruction().isPresent()) {
            return new Ready(List.of(), List.of());
        }
        List<CarriedOut> fitting = carriedOut.thatFit(base);
        List<CarriedOut> done =
                suspects.isEmpty()
                        ? fitting.stream().filter(item -> !plan.retracts(item.datasetId())).toList()
                        : List.of();
        Set<Integer> taken = done.stream().map(CarriedOut::datasetId).collect(Collectors.toSet());
        List<Compacted> moves =
                compacted.thatFit(base).stream()
                        .filter(item -> !taken.contains(item.datasetId()))
                        .toList();
        return new Ready(moves, done);
    }

    private boolean mayPublishOnly(Ready ready) {
        if (!ready.carriedOut().isEmpty()) {
            return true;
        }
        return !ready.compacted().isEmpty()
                && !clock.instant().minus(compactionPublishInterval).isBefore(onlyCompactedAt);
    }

    /**
     * Puts small files of the lake together, if any are due, for the next publish to take in; for a
     * thread of its own.
     *
     * @throws CompactionCheckException if that would change what the lake holds; nothing is
     *     compacted any more
     */
    public CompactionReport compactOnce() throws IOException {
        return compactor.run(base);
    }

    /**
     * Carries out the oldest of what datasets have queued, for the next publish to take in; for a
     * few threads of their own.
     *
     * @return whether there was anything
     */
    public boolean carryOutQueued() throws IOException {
        return queueRuns.runNext(base);
    }

    /** What runs beside the publishing is given up soon, and nothing of it begins any more. */
    public void stopBesides() {
        compactor.stop();
        queueRuns.stop();
    }

    /** What became of compacted files since the start, by groups that were put together. */
    public ReadyTotals compactions() {
        return compacted.totals();
    }

    /** What became of runs of queues since the start. */
    public ReadyTotals queueRuns() {
        return carriedOut.totals();
    }

    /** Bytes of compacted files that no version has taken in yet. */
    public long compactedBytesWaiting() {
        return compacted.bytes();
    }

    /** Why a queue of the newest version could not be carried out lately; empty if all could. */
    public Optional<String> queueProblem() {
        return queueRuns.problem(base);
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

    private boolean isCompacted(int datasetId) {
        return compactor.holds(datasetId);
    }

    private static Scratch scratchBeside(Path cacheDirectory, String suffix) {
        return new Scratch(cacheDirectory.resolveSibling(cacheDirectory.getFileName() + suffix));
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
