package dev.whence.merge.maintain;

import dev.whence.merge.DataFile;
import dev.whence.merge.Dataset;
import dev.whence.merge.FileOutcome;
import dev.whence.merge.FileStyle;
import dev.whence.merge.MergeOutcome;
import dev.whence.merge.MergeRefusedException;
import dev.whence.merge.MergeSettings;
import dev.whence.merge.Progress;
import dev.whence.merge.SortOrder;
import dev.whence.merge.Staging;
import dev.whence.merge.rewrite.Removal;
import dev.whence.merge.rows.Reading;
import dev.whence.merge.rows.SourceRows;
import dev.whence.merge.rows.TableSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Leaves one row of each key: the first in an order that is given, and of equal ones the last.
 * Files without a row that goes are not touched. Thread-safe.
 */
public final class Deduplication {
    private final Path scratch;
    private final MergeSettings settings;
    private final FileStyle style;

    public Deduplication(Path scratch, MergeSettings settings, FileStyle style) {
        this.scratch = scratch;
        this.settings = settings;
        this.style = style;
    }

    /**
     * Says which files would lose rows; writes nothing.
     *
     * @throws MergeRefusedException if a column cannot be a key, or cannot be ordered by
     */
    public DeduplicationPlan plan(
            Dataset target, List<String> keyColumns, List<SortOrder> order, Progress progress)
            throws IOException {
        requireKey(keyColumns);
        if (target.files().isEmpty()) {
            return new DeduplicationPlan(keyColumns, 0, 0, List.of());
        }
        var upkeep = new Upkeep(target, settings);
        TableSpec table = upkeep.table(target.files(), keyColumns);
        try (StoredRows stored = keys(upkeep, target, table, keyColumns, order, progress)) {
            List<DeduplicationPlan.File> files = new ArrayList<>();
            List<Long> rows = upkeep.rows(target.files());
            int next = 0;
            for (int i = 0; i < rows.size(); i++) {
                DataFile file = target.files().get(i);
                int end = next + rows.get(i).intValue();
                int duplicates = stored.rows().losers(next, end);
                files.add(
                        new DeduplicationPlan.File(
                                file.key(), rows.get(i), duplicates, file.bytes()));
                next = end;
            }
            return new DeduplicationPlan(
                    keyColumns, stored.rows().rows(), stored.rows().duplicates(), files);
        }
    }

    /**
     * Writes the new files. The caller commits what comes back, or leaves it to be swept.
     *
     * @throws MergeRefusedException if a column cannot be a key, or cannot be ordered by
     */
    public MergeOutcome execute(
            Dataset target,
            List<String> keyColumns,
            List<SortOrder> order,
            Staging staging,
            Progress progress)
            throws IOException {
        requireKey(keyColumns);
        var upkeep = new Upkeep(target, settings);
        if (target.files().isEmpty()) {
            return upkeep.outcome(List.of());
        }
        TableSpec table = upkeep.table(target.files(), keyColumns);
        try (StoredRows stored = keys(upkeep, target, table, keyColumns, order, progress)) {
            SourceRows keys = stored.rows();
            var removal =
                    new Removal(
                            table, upkeep.footers(), style, settings, staging, scratch, progress);
            List<FileOutcome> outcomes =
                    removal.run(target.files(), firstRows(upkeep, target.files()), keys);
            return upkeep.outcome(outcomes, keys.duplicates(), removal.copiedBytes());
        }
    }

    private StoredRows keys(
            Upkeep upkeep,
            Dataset target,
            TableSpec table,
            List<String> keyColumns,
            List<SortOrder> order,
            Progress progress)
            throws IOException {
        return StoredRows.read(
                upkeep.dataset(target.files()),
                table,
                Reading.ofKeys(keyColumns, order),
                scratch,
                progress);
    }

    private static void requireKey(List<String> keyColumns) {
        if (keyColumns.isEmpty()) {
            throw new MergeRefusedException("deduplicate needs at least one key column");
        }
        if (keyColumns.stream().distinct().count() < keyColumns.size()) {
            throw new MergeRefusedException(
                    "key columns %s: one stands twice".formatted(keyColumns));
        }
    }

    /** Keys were read file by file: the number of each file's first row among all. */
    private static List<Integer> firstRows(Upkeep upkeep, List<DataFile> files) throws IOException {
        List<Integer> first = new ArrayList<>();
        int next = 0;
        for (long rows : upkeep.rows(files)) {
            first.add(next);
            next += (int) rows;
        }
        return first;
    }
}
