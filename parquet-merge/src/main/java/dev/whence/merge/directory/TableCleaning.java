package dev.whence.merge.directory;

import dev.whence.store.ObjectInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Deletes what no longer counts: never by itself, always by age. */
public final class TableCleaning {
    private static final int ATTEMPTS = 20;

    private final DirectoryTable table;

    TableCleaning(DirectoryTable table) {
        this.table = table;
    }

    /** Objects that were deleted, or would be. */
    public record Cleaned(List<ObjectInfo> objects) {
        public Cleaned {
            objects = List.copyOf(objects);
        }

        public long bytes() {
            return objects.stream().mapToLong(ObjectInfo::bytes).sum();
        }
    }

    /**
     * Deletes what merges staged and never committed, and stray copies of files that a commit has
     * taken out. A commit of its own says first that these merges are dead, so that one which only
     * slept makes its files anew instead of committing what is being deleted.
     *
     * @param olderThan only merges that have staged nothing since
     */
    public Cleaned sweep(Instant olderThan, boolean dryRun) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            TableSnapshot now = dryRun ? table.present() : table.open();
            List<ObjectInfo> strays = strays(now, olderThan);
            Map<String, List<ObjectInfo>> dead = abandoned(now, olderThan);
            List<ObjectInfo> all = new ArrayList<>(strays);
            dead.values().forEach(all::addAll);
            if (dryRun || all.isEmpty()) {
                return new Cleaned(all);
            }
            if (!dead.isEmpty()) {
                TableCommit commit =
                        new NextCommit(table, now, table.freshId())
                                .sweeping(List.copyOf(dead.keySet()));
                if (!table.chain().commit(commit)) {
                    continue;
                }
                table.finish(commit);
            }
            for (ObjectInfo stray : strays) {
                table.store().delete(stray.key());
            }
            return new Cleaned(all);
        }
        throw new TableConflictException(
                "sweep: others were faster %d times; nothing was deleted".formatted(ATTEMPTS));
    }

    /**
     * Deletes files that commits have taken out of the table.
     *
     * @param olderThan only of commits before it: what counts is when a file was taken out, not how
     *     old it was by then
     */
    public Cleaned expire(Instant olderThan, boolean dryRun) throws IOException {
        if (!dryRun) {
            table.rollForward();
        }
        long newest = table.chain().newest();
        Map<Long, Boolean> expired = new HashMap<>();
        List<ObjectInfo> all = new ArrayList<>();
        for (ObjectInfo object : list(TablePaths.REPLACED)) {
            String folder = segment(object, TablePaths.REPLACED);
            if (!folder.matches("[0-9]{20}") || folder.compareTo("%020d".formatted(newest)) > 0) {
                continue;
            }
            long number = Long.parseLong(folder);
            if (!expired.containsKey(number)) {
                Instant committed = table.chain().read(number).committedAt();
                expired.put(number, committed.isBefore(olderThan));
            }
            if (expired.getOrDefault(number, false)) {
                all.add(object);
            }
        }
        if (!dryRun) {
            for (ObjectInfo object : all) {
                table.store().delete(object.key());
            }
        }
        return new Cleaned(all);
    }

    private List<ObjectInfo> strays(TableSnapshot now, Instant olderThan) throws IOException {
        Set<String> live = new HashSet<>();
        now.files().forEach(file -> live.add(file.file().path()));
        Map<String, ObjectInfo> others = new LinkedHashMap<>();
        for (ObjectInfo object : list("")) {
            String path = table.paths().path(object.key());
            if (TablePaths.isData(path)
                    && !live.contains(path)
                    && object.lastModified().isBefore(olderThan)) {
                others.put(path, object);
            }
        }
        others.keySet().retainAll(table.reader().strays(others.keySet(), now.number()));
        return List.copyOf(others.values());
    }

    /** Staged objects by the id of their merge; a merge whose last sign is young is left alone. */
    private Map<String, List<ObjectInfo>> abandoned(TableSnapshot now, Instant olderThan)
            throws IOException {
        Map<String, List<ObjectInfo>> staged = new TreeMap<>();
        for (ObjectInfo object : list(TablePaths.STAGING)) {
            String mergeId = segment(object, TablePaths.STAGING);
            if (TablePaths.isMergeId(mergeId)) {
                staged.computeIfAbsent(mergeId, _ -> new ArrayList<>()).add(object);
            }
        }
        if (now.number() > 0 && !table.mover().isApplied(now.number())) {
            // A dry run has not moved them to their places.
            staged.remove(table.chain().read(now.number()).mergeId());
        }
        staged.values()
                .removeIf(objects ->
                        !objects.stream()
                                .allMatch(object -> object.lastModified().isBefore(olderThan)));
        return staged;
    }

    private String segment(ObjectInfo object, String below) {
        String rest = table.paths().path(object.key()).substring(below.length());
        return rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest;
    }

    private List<ObjectInfo> list(String below) throws IOException {
        try (Stream<ObjectInfo> objects = table.store().list(table.paths().key(below))) {
            return objects.toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
