package dev.whence.catalog;

import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Carries out what {@link Retention} decides: gives the next version its lists, and deletes what
 * has been expired for long enough. Each deletion leaves a line in the log {@code whence.audit}.
 * Thread-safe: one thread may plan while another retires.
 */
public final class Retirer {
    private static final System.Logger AUDIT = System.getLogger("whence.audit");
    private static final System.Logger LOG = System.getLogger(Retirer.class.getName());

    /** How far the oldest retained version moves in one publish, and how much one run deletes. */
    private static final int VERSIONS_PER_PLAN = 16;

    private static final int DELETIONS_PER_RUN = 1_000;

    private final ObjectStore store;
    private final VersionChain versions;
    private final RetentionBlocks retainedBlocks;
    private final Retention retention;
    private final boolean dryRun;
    private final Clock clock;
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();

    /**
     * @param dryRun log what would be deleted, and delete nothing
     */
    public Retirer(
            ObjectStore store,
            VersionChain versions,
            RetentionBlocks retainedBlocks,
            Retention retention,
            boolean dryRun,
            Clock clock) {
        this.store = store;
        this.versions = versions;
        this.retainedBlocks = retainedBlocks;
        this.retention = retention;
        this.dryRun = dryRun;
        this.clock = clock;
    }

    /**
     * The lists of the version after the base. Never fails: where an old version cannot be read, it
     * stays retained.
     */
    public RetirePlan plan(Version base, Instant now, List<Superseded> dropped) {
        return retention.plan(base, publishedAt(base, now), now, dropped, deleted);
    }

    /**
     * Deletes what is due of the newest version's expired objects, after reading the retained
     * versions again: each must say that it does not name the object.
     *
     * @param live whether the newest version names an object of the lake
     * @return the keys that were deleted
     */
    public List<String> retire(Version newest, Predicate<String> live) throws IOException {
        Instant now = clock.instant();
        List<String> due =
                newest.expired().stream()
                        .filter(object -> retention.due(object, now))
                        .map(Expired::key)
                        .filter(key -> !deleted.contains(key))
                        .limit(DELETIONS_PER_RUN)
                        .toList();
        deleted.retainAll(keysOf(newest));
        if (due.isEmpty() || !retainedBlocks.walk(newest)) {
            return List.of();
        }
        Set<String> unnamed = unnamedByOldest(newest);
        var gone = new ArrayList<String>();
        for (String key : due) {
            if (!unnamed.contains(key)
                    || RetentionBlockName.of(key).filter(retainedBlocks::names).isPresent()
                    || live.test(key)) {
                AUDIT.log(Level.WARNING, "keep {0}: expired, but a retained version names it", key);
            } else if (dryRun) {
                AUDIT.log(Level.INFO, "would delete {0}: expired", key);
            } else {
                store.delete(key);
                deleted.add(key);
                gone.add(key);
                AUDIT.log(Level.INFO, "delete {0}: expired", key);
            }
        }
        return gone;
    }

    /**
     * What the oldest retained version itself lists as named no longer. Names are never used twice,
     * so that no later version names it either.
     */
    private Set<String> unnamedByOldest(Version newest) throws IOException {
        var oldest = versions.read(newest.oldestRetained());
        if (oldest.isEmpty()) {
            return Set.of();
        }
        Set<String> unnamed = keysOf(oldest.get());
        oldest.get().superseded().forEach(object -> unnamed.add(object.key()));
        return unnamed;
    }

    private static Set<String> keysOf(Version version) {
        var keys = new HashSet<String>();
        version.expired().forEach(object -> keys.add(object.key()));
        return keys;
    }

    private Map<Long, Instant> publishedAt(Version base, Instant now) {
        var times = new HashMap<Long, Instant>();
        times.put(base.number(), base.publishedAt());
        try {
            for (long number = base.oldestRetained() + 1;
                    number < base.number()
                            && times.size() <= VERSIONS_PER_PLAN
                            && retention.outnumbered(number - 1, base.number() + 1);
                    number++) {
                var version = versions.read(number);
                if (version.isEmpty() || retention.young(version.get().publishedAt(), now)) {
                    break;
                }
                times.put(number, version.get().publishedAt());
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Old versions stay for now: cannot be read", e);
        }
        return times;
    }
}
