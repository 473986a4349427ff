package dev.whence.catalog;

import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what {@link Retention} decides: gives the next version its numbers, and deletes what
 * has been expired for long enough, version by version along the chain. Where to go on stands in
 * the newest version. Each deletion leaves a line in the log {@code whence.audit}. Thread-safe: one
 * thread may plan while another retires.
 */
public final class Retirer {
    /** How many versions one run reads, and about how many objects it deletes. */
    static final int VERSIONS_PER_RUN = 1_000;

    private static final int DELETIONS_PER_RUN = 1_000;

    private static final System.Logger AUDIT = System.getLogger("whence.audit");
    private static final System.Logger LOG = System.getLogger(Retirer.class.getName());

    private final ObjectStore store;
    private final VersionChain versions;
    private final Retention retention;
    private final boolean dryRun;
    private final Clock clock;

    /** The last version whose list this process has gone through. */
    private long walked;

    private volatile long deletedUpTo;

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
     */
    public RetirePlan plan(Version base, Instant now) {
        return new RetirePlan(oldestRetained(base, now), Math.max(base.deletedUpTo(), deletedUpTo));
    }

    /**
     * Deletes what the next versions on the chain superseded, as far as their grace has passed. A
     * run is bounded; a version that it has begun it goes through to the end.
     *
     * @param live whether the newest version names an object of the lake
     * @return the keys that were deleted
     */
    public synchronized List<String> retire(Version newest, Predicate<String> live)
            throws IOException {
        walked = Math.max(walked, newest.deletedUpTo());
        long due = due(newest);
        var gone = new ArrayList<String>();
        if (walked >= due) {
            return gone;
        }
        Set<String> namedBlocks = blocksOf(newest);
        namedBlocks.addAll(blocksOf(existing(newest.oldestRetained())));
        long last = Math.min(due, walked + VERSIONS_PER_RUN);
        while (walked < last && gone.size() < DELETIONS_PER_RUN) {
            Version version = existing(walked + 1);
            for (String key : version.superseded()) {
                if (isNamed(key, version, namedBlocks, live)) {
                    AUDIT.log(
                            Level.WARNING,
                            "keep {0}: version {1} superseded it, but a readable version names it",
                            key,
                            Long.toString(version.number()));
                } else if (dryRun) {
                    AUDIT.log(Level.INFO, "would delete {0}: expired", key);
                } else {
                    store.delete(key);
                    gone.add(key);
                    AUDIT.log(Level.INFO, "delete {0}: expired", key);
                }
            }
            walked++;
            if (!dryRun) {
                deletedUpTo = walked;
            }
        }
        return gone;
    }

    /** Everything that the versions up to this one superseded may go. */
    private long due(Version newest) throws IOException {
        long ended = retention.graceEnded(newest, this::publishedAt, clock.instant());
        return ended <= newest.deletedUpTo()
                ? 0
                : Math.min(existing(ended).oldestRetained(), newest.oldestRetained());
    }

    /**
     * What a version superseded no later one names, because none takes up a name again ({@link
     * Version#requireFollows}); this asks those that can be asked all the same.
     */
    private static boolean isNamed(
            String key, Version superseding, Set<String> namedBlocks, Predicate<String> live) {
        return RetentionBlockName.of(key)
                .map(RetentionBlockName::blockId)
                .map(block -> namedBlocks.contains(block) || superseding.names(block))
                .orElseGet(() -> live.test(key));
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

    private @Nullable Instant publishedAt(long number) throws IOException {
        return versions.read(number).map(Version::publishedAt).orElse(null);
    }

    private Version existing(long number) throws IOException {
        return versions.read(number)
                .orElseThrow(() ->
                        new CorruptCatalogException(
                                "version " + number, "is older than others, but absent", null));
    }
}
