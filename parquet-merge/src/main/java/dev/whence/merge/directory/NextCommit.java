package dev.whence.merge.directory;

import dev.whence.merge.FileOutcome;
import dev.whence.merge.MergeOutcome;
import dev.whence.merge.directory.TableCommit.Added;
import dev.whence.merge.directory.TableCommit.Removed;
import dev.whence.merge.directory.TableSnapshot.Live;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes down the commit that comes after a snapshot. */
record NextCommit(DirectoryTable table, TableSnapshot base, String mergeId) {

    /** What a change has staged. */
    TableCommit of(TableChange change, MergeOutcome outcome, DirectoryStaging staging) {
        List<Added> added = new ArrayList<>();
        Map<String, Long> rows = new HashMap<>();
        for (FileOutcome file : outcome.files()) {
            switch (file.fate()) {
                case PRESERVED ->
                        file.after()
                                .ifPresent(same ->
                                        rows.put(table.paths().path(same.key()), file.rows()));
                case INSERTED, REWRITTEN ->
                        file.after().ifPresent(put -> added.add(staging.added(put, file.rows())));
                case REMOVED -> {}
            }
        }
        Set<String> takenOut = new HashSet<>();
        outcome.removed().forEach(file -> takenOut.add(table.paths().path(file.key())));
        return new TableCommit(
                TableCommit.FORMAT,
                number(),
                mergeId,
                change.operation(),
                table.clock().instant(),
                change.reads(),
                outcome.counts(),
                added,
                removed(takenOut),
                adopted(takenOut),
                List.of(),
                kept(takenOut, rows));
    }

    /** That some merges shall never commit. */
    TableCommit sweeping(List<String> mergeIds) {
        return new TableCommit(
                TableCommit.FORMAT,
                number(),
                mergeId,
                "sweep",
                table.clock().instant(),
                Reads.NOTHING,
                null,
                List.of(),
                List.of(),
                adopted(Set.of()),
                mergeIds,
                kept(Set.of(), Map.of()));
    }

    private long number() {
        return base.number() + 1;
    }

    private List<Removed> removed(Set<String> takenOut) {
        List<Removed> removed = new ArrayList<>();
        for (Live live : base.files()) {
            String path = live.file().path();
            if (takenOut.contains(path)) {
                String replaced = TablePaths.replaced(number(), removed.size());
                removed.add(new Removed(path, live.file().bytes(), replaced));
            }
        }
        if (removed.size() != takenOut.size()) {
            throw new IllegalStateException(
                    "%d files of %d that are taken out are in the table"
                            .formatted(removed.size(), takenOut.size()));
        }
        return removed;
    }

    private List<String> adopted(Set<String> takenOut) {
        return base.files().stream()
                .filter(Live::newcomer)
                .map(live -> live.file().path())
                .filter(path -> !takenOut.contains(path))
                .toList();
    }

    private List<TableFile> kept(Set<String> takenOut, Map<String, Long> rows) {
        return base.files().stream()
                .map(Live::file)
                .filter(file -> !takenOut.contains(file.path()))
                .map(file -> file.withRows(rows.getOrDefault(file.path(), file.rows())))
                .toList();
    }
}
