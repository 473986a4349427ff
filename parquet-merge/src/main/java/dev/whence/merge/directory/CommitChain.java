package dev.whence.merge.directory;

import dev.whence.store.ObjectNotFoundException;
import dev.whence.store.ObjectStore;
import dev.whence.store.SettledPut;
import dev.whence.store.UnknownOutcomeException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The commits of a table: numbered from 1, each put if absent, never changed, no number left out
 * and none deleted. Thread-safe.
 */
final class CommitChain {
    private final ObjectStore store;
    private final TablePaths paths;
    private final AtomicLong known = new AtomicLong();

    CommitChain(ObjectStore store, TablePaths paths) {
        this.store = store;
        this.paths = paths;
    }

    /**
     * The number of the newest commit, 0 if there is none: found in about 2 log n looks the first
     * time.
     */
    long newest() throws IOException {
        return newestFrom(known.get());
    }

    /** The same, from a number that is known to be taken, or 0. */
    long newestFrom(long number) throws IOException {
        long taken = number;
        long step = 1;
        while (isTaken(taken + step)) {
            taken += step;
            step *= 2;
        }
        long free = taken + step;
        while (free - taken > 1) {
            long middle = taken + (free - taken) / 2;
            if (isTaken(middle)) {
                taken = middle;
            } else {
                free = middle;
            }
        }
        known.accumulateAndGet(taken, Math::max);
        return taken;
    }

    private boolean isTaken(long number) throws IOException {
        try {
            store.head(key(number));
            return true;
        } catch (ObjectNotFoundException _) {
            return false;
        }
    }

    TableCommit read(long number) throws IOException {
        String key = key(number);
        CommitJson.requireBounded(key, store.head(key).bytes());
        return read(number, key, store.get(key));
    }

    private TableCommit read(long number, String key, byte[] json) throws IOException {
        TableCommit commit = CommitJson.read(key, number, json);
        try {
            commit.paths().forEach(path -> store.location(paths.key(path)));
        } catch (IllegalArgumentException e) {
            throw new CorruptTableException(key, "" + e.getMessage(), e);
        }
        return commit;
    }

    /** The ids of all merges that have committed, up to a commit. */
    Set<String> mergeIds(long newest) throws IOException {
        Set<String> mergeIds = new HashSet<>();
        for (long number = newest; number > 0; number--) {
            mergeIds.add(read(number).mergeId());
        }
        return mergeIds;
    }

    /**
     * Puts the commit under its number if there is none; false if another writer's is there: the
     * merge id of what stands there decides.
     *
     * @throws UnknownOutcomeException if it may be there, now or later; any other exception means
     *     that it is not
     */
    boolean commit(TableCommit commit) throws IOException {
        String key = key(commit.number());
        byte[] bytes = CommitJson.write(key, commit);
        byte[] standing = SettledPut.put(store, key, bytes);
        if (Arrays.equals(standing, bytes)) {
            return true;
        }
        CommitJson.requireBounded(key, standing.length);
        return read(commit.number(), key, standing).mergeId().equals(commit.mergeId());
    }

    private String key(long number) {
        return paths.key(TablePaths.commit(number));
    }
}
