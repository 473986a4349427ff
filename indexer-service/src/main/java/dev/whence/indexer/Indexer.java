package dev.whence.indexer;

import dev.whence.catalog.BlockCache;
import dev.whence.catalog.Commit;
import dev.whence.catalog.CommitLog;
import dev.whence.catalog.DatasetRegistry;
import dev.whence.catalog.FreshId;
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
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Brings the index after the commit log: plan → build → check → publish → retire. One thread
 * publishes; another may keep house meanwhile. Everything that it knows stands in the store, so
 * that it can be killed at any moment and be run twice.
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
    private volatile Base base;
    private volatile int entriesBehind;

    /**
     * @param cacheDirectory belongs to this indexer alone
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
        this.planner =
                new Planner(log, settings.limits(), settings.stack(), settings.partExpiry(), clock);
        this.builder =
                new IndexBuilder(
                        store,
                        cache,
                        ids,
                        new Intakes(store, comparison, settings.threads()),
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
        if (plan.isEmpty()) {
            return new Outcome.Idle(base.number());
        }
        cache.retain(base.blockIds());
        Draft draft = timed(times, Phase.BUILD, () -> builder.build(plan, base));
        Base next = timed(times, Phase.CHECK, () -> checker.check(draft, base));
        return switch (timed(times, Phase.PUBLISH, () -> publish(draft, next))) {
            case Commit.Done<Version>(Version ours) ->
                    new Outcome.Published(ours, PublishReport.of(draft, times));
            case Commit.Lost<Version>(Version winner) -> new Outcome.Lost(winner);
        };
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
