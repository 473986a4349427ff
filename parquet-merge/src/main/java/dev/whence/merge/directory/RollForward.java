package dev.whence.merge.directory;

import dev.whence.merge.directory.TableCommit.Added;
import dev.whence.merge.directory.TableCommit.Removed;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectNotFoundException;
import dev.whence.store.ObjectStore;
import dev.whence.store.PutResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Moves the files of a commit to where it says that they are, so that a plain listing of the
 * directory is the table again. Every step can be taken twice, by any number of processes at once;
 * the last one notes that it is done, and no writer goes on before that.
 */
final class RollForward {
    private final ObjectStore store;
    private final TablePaths paths;
    private final CommitChain chain;

    RollForward(ObjectStore store, TablePaths paths, CommitChain chain) {
        this.store = store;
        this.paths = paths;
        this.chain = chain;
    }

    boolean isApplied(long number) throws IOException {
        return isThere(paths.key(TablePaths.applied(number)));
    }

    private boolean isThere(String key) throws IOException {
        try {
            store.head(key);
            return true;
        } catch (ObjectNotFoundException _) {
            return false;
        }
    }

    void apply(TableCommit commit) throws IOException {
        if (isApplied(commit.number())) {
            return;
        }
        List<Added> copied = new ArrayList<>();
        for (Added added : commit.added()) {
            if (copyToItsPlace(commit, added)) {
                copied.add(added);
            }
        }
        for (Removed removed : commit.removed()) {
            moveAway(removed);
        }
        DirectoryStaging.delete(store, paths, commit.mergeId());
        for (String swept : commit.swept()) {
            DirectoryStaging.delete(store, paths, swept);
        }
        store.putIfAbsent(
                paths.key(TablePaths.applied(commit.number())), ObjectBody.of(new byte[0]));
        takeBack(commit, copied);
    }

    private boolean copyToItsPlace(TableCommit commit, Added added) throws IOException {
        String place = paths.key(added.path());
        try {
            return store.copyIfAbsent(paths.key(added.staged()), place) == PutResult.CREATED;
        } catch (ObjectNotFoundException e) {
            // Somebody else has put it there since, or is done, and later commits have moved it on.
            if (isThere(place) || isApplied(commit.number())) {
                return false;
            }
            throw new CorruptTableException(
                    place,
                    "commit %d names it, and neither it nor what was staged for it (%s) is there"
                            .formatted(commit.number(), added.staged()),
                    e);
        }
    }

    private void moveAway(Removed removed) throws IOException {
        String key = paths.key(removed.path());
        try {
            if (store.head(key).bytes() != removed.bytes()) {
                // Another program has put a file of its own there since; the next commit takes it.
                return;
            }
            store.copyIfAbsent(key, paths.key(removed.replaced()));
            store.delete(key);
        } catch (ObjectNotFoundException _) {
            // It has been moved already.
        }
    }

    /**
     * A copy that took so long that others were done with this commit, and with a later one that
     * took the file out again, has brought it back.
     */
    private void takeBack(TableCommit commit, List<Added> copied) throws IOException {
        long newest = chain.newestFrom(commit.number());
        if (copied.isEmpty() || newest == commit.number()) {
            return;
        }
        Set<String> live = new HashSet<>();
        for (TableFile file : chain.read(newest).live()) {
            live.add(file.path());
        }
        for (Added added : copied) {
            if (!live.contains(added.path())) {
                store.delete(paths.key(added.path()));
            }
        }
    }
}
