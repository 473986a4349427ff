package dev.whence.catalog;

import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Carries out what {@link Retention} decides: gives the next version its numbers, and deletes what
 * has been expired for long enough, version by version along the chain. Where to go on stands in
 * the newest version. Thread-safe: one thread may plan while another retires.
 */
public final class Retirer {
    /** How many versions one run reads. */
    static final int VERSIONS_PER_RUN = 1_000;

    private static final int MOST_DAMAGED_IN_A_ROW = 8;

    /** With how many objects that could not be deleted it still goes on to further versions. */
    private static final int MOST_LEFTOVERS = 1_000;

    private static final System.Logger LOG = System.getLogger(Retirer.class.getName());

    private final ObjectStore store;
    private final VersionChain versions;
    private final Retention retention;
    private final boolean dryRun;
    private final Clock clock;

    /** The last version whose list this process has gone through. */
    private long walked;

    /** What could not be deleted of the versions gone through, the longest untried first. */
    private final Deque<Leftover> leftovers = new ArrayDeque<>();

    /** The first version gone through whose list could not be read. */
    private long firstDamaged = Long.MAX_VALUE;

    /** The first version gone through of which a dry run would delete something. */
    private long firstKept = Long.MAX_VALUE;

    private volatile long deletedUpTo;

    /** What is true since the last run that came to its end. */
    private volatile State state = new State(0, false, Optional.empty());

    /**
     * What a run left.
     *
     * @param left objects that could not be deleted, and are tried again
     * @param more whether the next run goes on at once: more is due than one run does
     * @param dueSince since when the oldest may be deleted of what is still there
     */
    private record State(int left, boolean more, Optional<Instant> dueSince) {}

    /** An object that a version superseded. */
    private record Leftover(long version, String key) {}

    /**
     * @param dryRun log what would be deleted, and delete nothing
     */
    public Retirer(
            ObjectStore store,
            VersionChain versions,
            Retention retention,
            boolean dryRun,
            Clock clock) {
        this.store = store;
        this.versions = versions;
        this.retention = retention;
        this.dryRun = dryRun;
        this.clock = clock;
    }

    /**
     * What the version after the base says. Never fails: where an old version cannot be read, it
     * stays retained.
     *
     * @param oldestPinned the oldest version that a pin keeps readable
     */
    public RetirePlan plan(Version base, long oldestPinned, Instant now) {
        long oldest = Math.min(oldestRetained(base, now), oldestPinned);
        return new RetirePlan(
                Math.max(base.oldestRetained(), oldest), Math.max(base.deletedUpTo(), deletedUpTo));
    }

    /**
     * Deletes what the next versions on the chain superseded, as far as their grace has passed, and
     * tries again what could not be deleted before. A run is bounded; a version that it has begun
     * it goes through to the end. What fails is logged and holds up nothing but {@code
     * deletedUpTo}.
     *
     * @param live whether the newest version names an object of the lake
     * @return the keys that were deleted
     */
    public synchronized List<String> retire(Version newest, Predicate<String> live)
            throws IOException {
        walked = Math.max(walked, newest.deletedUpTo());
        forgetDone(newest.deletedUpTo());
        long due = due(newest);
        if (walked >= due && leftovers.isEmpty()) {
            state = new State(0, false, dueSince(newest, due));
            return List.of();
        }
        Set<String> namedBlocks = blocksOf(newest);
        namedBlocks.addAll(blocksOf(existing(newest.oldestRetained())));
        var run = new RetireRun(store, namedBlocks, live, dryRun);
        try {
            int failedBefore = leftovers.size();
            walk(Math.min(due, walked + VERSIONS_PER_RUN), run);
            for (int left = 0; left < failedBefore && run.goesOn(); left++) {
                settle(leftovers.remove(), run);
            }
        } finally {
            rememberProgress();
        }
        if (!run.failures().isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    leftovers.size() + " expired objects could not be deleted yet, one of them:",
                    run.failures().getFirst());
        }
        boolean more = walked < due && run.isWelcome() && leftovers.size() < MOST_LEFTOVERS;
        state = new State(leftovers.size(), more, dueSince(newest, due));
        return run.deleted();
    }

    /** How many objects could not be deleted in the last run, or before, and are tried again. */
    public int left() {
        return state.left();
    }

    /** Whether the last run ended where a run ends, and the next one has as much to do at once. */
    public boolean hasMore() {
        return state.more();
    }

    /**
     * Since when the oldest may be deleted of what is still there, for whatever reason: it cannot
     * be deleted or cannot be told, is not come to yet, or a dry run deletes nothing. Empty if all
     * is gone that may go. As of the last run that came to its end; any thread may ask.
     */
    public Optional<Instant> dueSince() {
        return state.dueSince();
    }

    /** Whoever did it. */
    private void forgetDone(long done) {
        leftovers.removeIf(left -> left.version() <= done);
        firstDamaged = firstDamaged <= done ? Long.MAX_VALUE : firstDamaged;
        if (firstKept <= done) {
            firstKept = done < walked ? done + 1 : Long.MAX_VALUE;
        }
    }

    private void walk(long last, RetireRun run) throws IOException {
        while (walked < last && run.goesOn() && leftovers.size() < MOST_LEFTOVERS) {
            long number = walked + 1;
            try {
                existing(number)
                        .superseded()
                        .forEach(key -> settle(new Leftover(number, key), run));
            } catch (CorruptCatalogException e) {
                LOG.log(Level.WARNING, "What it superseded stays, until it is restored", e);
                firstDamaged = Math.min(firstDamaged, number);
            }
            walked = number;
        }
    }

    private void settle(Leftover object, RetireRun run) {
        switch (run.settle(object.key())) {
            case GONE, NAMED -> {}
            case KEPT -> firstKept = Math.min(firstKept, object.version());
            case REFUSED -> leftovers.add(object);
        }
    }

    private void rememberProgress() {
        if (!dryRun) {
            deletedUpTo = Math.min(walked, firstOpen() - 1);
        }
    }

    /** The first version gone through that is not done with. */
    private long firstOpen() {
        return leftovers.stream()
                .mapToLong(Leftover::version)
                .reduce(Math.min(firstDamaged, firstKept), Math::min);
    }

    private Optional<Instant> dueSince(Version newest, long due) throws IOException {
        long open = Math.min(walked + 1, firstOpen());
        return open > due
                ? Optional.empty()
                : retention.dueSince(open, newest, number -> readable(number));
    }

    /** Everything that the versions up to this one superseded may go. */
    private long due(Version newest) throws IOException {
        long ended = retention.graceEnded(newest, this::publishedAt, clock.instant());
        return ended <= newest.deletedUpTo()
                ? 0
                : Math.min(readable(ended).oldestRetained(), newest.oldestRetained());
    }

    private static Set<String> blocksOf(Version version) {
        var ids = new HashSet<String>();
        version.blocks().forEach(block -> ids.add(block.id()));
        return ids;
    }

    private long oldestRetained(Version base, Instant now) {
        try {
            return retention.oldestRetained(
                    base,
                    number -> number == base.number() ? base.publishedAt() : publishedAt(number),
                    now);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Old versions stay for now: cannot be read", e);
            return base.oldestRetained();
        }
    }

    private Instant publishedAt(long number) throws IOException {
        return readable(number).publishedAt();
    }

    /**
     * The version, or the next one if it is damaged: whatever is true of a version's age was true
     * of the one before it earlier.
     */
    private Version readable(long number) throws IOException {
        for (long next = number; ; next++) {
            try {
                return existing(next);
            } catch (CorruptCatalogException e) {
                if (next - number >= MOST_DAMAGED_IN_A_ROW) {
                    throw e;
                }
            }
        }
    }

    private Version existing(long number) throws IOException {
        return versions.read(number)
                .orElseThrow(() ->
                        new CorruptCatalogException(
                                "version " + number, "is older than others, but absent", null));
    }
}
