package dev.whence.catalog;

import dev.whence.store.ObjectNotFoundException;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStoreException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The deletions of one run, each proved once more, with a line each in the log {@code
 * whence.audit}. One that fails is no reason not to try the others, unless many do: then the store
 * is out of order, and each try would wait for it in vain.
 */
final class RetireRun {
    /** Deletions, or looks of a dry run. */
    private static final int REQUESTS = 1_000;

    private static final int FAILURES = 10;

    /** What became of an object. */
    enum Fate {
        GONE,
        /** A readable version names it after all, so it stays. */
        NAMED,
        /** It is there, and a dry run deletes nothing. */
        KEPT,
        /** It has to be tried again. */
        REFUSED
    }

    private static final System.Logger AUDIT = System.getLogger("whence.audit");

    private final ObjectStore store;
    private final Set<String> namedBlocks;
    private final Predicate<String> live;
    private final boolean dryRun;
    private final List<String> deleted = new ArrayList<>();
    private final List<IOException> failures = new ArrayList<>();
    private int requests;

    /**
     * @param namedBlocks ids of blocks that readable versions name
     * @param live whether the newest version names an object of the lake
     */
    RetireRun(ObjectStore store, Set<String> namedBlocks, Predicate<String> live, boolean dryRun) {
        this.store = store;
        this.namedBlocks = namedBlocks;
        this.live = live;
        this.dryRun = dryRun;
    }

    /** Whether it should begin with another object. */
    boolean goesOn() {
        return requests < REQUESTS && isWelcome();
    }

    /** Whether the store does what it is asked, or most of it. */
    boolean isWelcome() {
        return failures.size() < FAILURES;
    }

    /** Deletes the object, unless it is named after all. */
    Fate settle(String key) {
        if (isNamed(key)) {
            AUDIT.log(Level.WARNING, "keep {0}: expired, but a readable version names it", key);
            return Fate.NAMED;
        }
        if (!isWelcome()) {
            return Fate.REFUSED;
        }
        requests++;
        try {
            return dryRun ? look(key) : delete(key);
        } catch (ObjectStoreException e) {
            failures.add(e);
            return Fate.REFUSED;
        }
    }

    private Fate delete(String key) throws ObjectStoreException {
        store.delete(key);
        deleted.add(key);
        AUDIT.log(Level.INFO, "delete {0}: expired", key);
        return Fate.GONE;
    }

    /** It may be gone: by another process, or by this one before a version said so. */
    private Fate look(String key) throws ObjectStoreException {
        try {
            store.head(key);
        } catch (ObjectNotFoundException e) {
            return Fate.GONE;
        }
        AUDIT.log(Level.INFO, "would delete {0}: expired", key);
        return Fate.KEPT;
    }

    List<String> deleted() {
        return deleted;
    }

    List<IOException> failures() {
        return failures;
    }

    /**
     * What a version superseded no later one names, because none takes up a name again ({@link
     * Version#requireFollows}); those that can be asked are asked all the same.
     */
    private boolean isNamed(String key) {
        return BlockName.of(key)
                .map(name -> namedBlocks.contains(name.blockId()))
                .orElseGet(() -> live.test(key));
    }
}
