package dev.whence.merge.directory;

import dev.whence.merge.MergeRefusedException;
import dev.whence.merge.directory.TableCommit.Added;
import dev.whence.merge.directory.TableCommit.Removed;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectNotFoundException;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out which files a table has; writes nothing. */
final class TableReader {
    private static final int ATTEMPTS = 20;

    private final ObjectStore store;
    private final TablePaths paths;
    private final CommitChain chain;
    private final RollForward rollForward;

    TableReader(ObjectStore store, TablePaths paths, CommitChain chain, RollForward rollForward) {
        this.store = store;
        this.paths = paths;
        this.chain = chain;
        this.rollForward = rollForward;
    }

    private interface Attempt {
        TableSnapshot read(long number) throws IOException;
    }

    /** As the newest commit has it; without one, as it lies there. */
    TableSnapshot committed() throws IOException {
        return whileNobodyCommits(number -> number == 0 ? listed() : committed(number));
    }

    /** The same, with what other programs have put in, or overwritten, since the newest commit. */
    TableSnapshot present() throws IOException {
        return whileNobodyCommits(number -> number == 0 ? listed() : present(number));
    }

    /** What was seen while a commit came may be half of it. */
    private TableSnapshot whileNobodyCommits(Attempt attempt) throws IOException {
        long number = chain.newest();
        for (int tried = 0; tried < ATTEMPTS; tried++) {
            TableSnapshot seen = null;
            try {
                seen = attempt.read(number);
            } catch (IOException e) {
                if (chain.newestFrom(number) == number) {
                    throw e;
                }
            }
            long newest = chain.newestFrom(number);
            if (seen != null && newest == number) {
                return seen;
            }
            number = newest;
        }
        throw new TableConflictException(
                "the table '%s' changed %d times while it was looked at"
                        .formatted(paths.root(), ATTEMPTS));
    }

    private TableSnapshot listed() throws IOException {
        List<TableFile> files = new ArrayList<>();
        listing().forEach((path, bytes) -> files.add(TableFile.found(path, bytes)));
        return snapshot(0, files, Map.of(), Set.of());
    }

    private TableSnapshot committed(long number) throws IOException {
        TableCommit commit = chain.read(number);
        Map<String, String> staged = new HashMap<>();
        if (!rollForward.isApplied(number)) {
            for (Added added : commit.added()) {
                if (!exists(added.path())) {
                    staged.put(added.path(), added.staged());
                }
            }
        }
        return snapshot(number, commit.live(), staged, Set.of());
    }

    private TableSnapshot present(long number) throws IOException {
        TableCommit commit = chain.read(number);
        boolean applied = rollForward.isApplied(number);
        Map<String, Long> listing = listing();
        Map<String, String> staged = new HashMap<>();
        if (!applied) {
            for (Added added : commit.added()) {
                if (!listing.containsKey(added.path())) {
                    staged.put(added.path(), added.staged());
                }
            }
            for (Removed removed : commit.removed()) {
                listing.remove(removed.path(), removed.bytes());
            }
        }
        List<TableFile> files = new ArrayList<>();
        for (TableFile live : commit.live()) {
            @Nullable Long bytes = listing.remove(live.path());
            if (bytes == null && !staged.containsKey(live.path())) {
                throw new CorruptTableException(
                        paths.key(live.path()),
                        ("commit %d names it, and it is gone: put it back, or delete _whence to begin anew"
                                        + " with the files that are there")
                                .formatted(number),
                        null);
            }
            files.add(
                    bytes == null || bytes == live.bytes()
                            ? live
                            : TableFile.found(live.path(), bytes));
        }
        listing.keySet().removeAll(strays(listing.keySet(), number));
        listing.forEach((path, bytes) -> files.add(TableFile.found(path, bytes)));
        return snapshot(number, files, staged, listing.keySet());
    }

    /**
     * Those of some files that are not live which a commit of this table made, and a later one took
     * out: a copy that was under way for long can bring one back.
     */
    Set<String> strays(Set<String> paths, long newest) throws IOException {
        Set<String> ours = new HashSet<>();
        for (String path : paths) {
            if (TablePaths.mergeIdOf(path).isPresent()) {
                ours.add(path);
            }
        }
        if (!ours.isEmpty()) {
            // They may as well be another table's, copied here.
            Set<String> committed = chain.mergeIds(newest);
            ours.removeIf(path -> !committed.contains(TablePaths.mergeIdOf(path).orElse("")));
        }
        return ours;
    }

    /** Data files and their bytes, by path. */
    Map<String, Long> listing() throws IOException {
        Map<String, Long> listing = new LinkedHashMap<>();
        try (Stream<ObjectInfo> objects = store.list(paths.root())) {
            objects.forEach(object -> {
                String path = paths.path(object.key());
                if (TablePaths.isData(path)) {
                    requireKey(object.key());
                    listing.put(path, object.bytes());
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return listing;
    }

    private void requireKey(String key) {
        try {
            store.location(key);
        } catch (IllegalArgumentException e) {
            throw new MergeRefusedException(
                    "a file that cannot be named in a store, rename it: " + e.getMessage());
        }
    }

    private boolean exists(String path) throws IOException {
        try {
            store.head(paths.key(path));
            return true;
        } catch (ObjectNotFoundException _) {
            return false;
        }
    }

    private TableSnapshot snapshot(
            long number, List<TableFile> files, Map<String, String> staged, Set<String> newcomers) {
        HivePaths.requireSameColumns(files.stream().map(TableFile::path).toList());
        return new TableSnapshot(
                number,
                files.stream()
                        .map(file ->
                                new TableSnapshot.Live(
                                        file,
                                        paths.key(staged.getOrDefault(file.path(), file.path())),
                                        HivePaths.partition(file.path()),
                                        newcomers.contains(file.path())))
                        .toList());
    }
}
