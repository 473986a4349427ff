package dev.whence.merge.maintain;

import dev.whence.merge.Dataset;
import dev.whence.merge.FileOutcome;
import dev.whence.merge.FileStyle;
import dev.whence.merge.MergeOutcome;
import dev.whence.merge.MergeRefusedException;
import dev.whence.merge.MergeSettings;
import dev.whence.merge.Progress;
import dev.whence.merge.Staging;
import dev.whence.merge.file.Footers;
import dev.whence.merge.plan.TableSpecs;
import dev.whence.merge.rewrite.Inserts;
import dev.whence.merge.rows.Reading;
import dev.whence.merge.rows.TableSpec;
import dev.whence.store.CountingObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Moves every row of a table to the partition that other columns say: those go from the files to
 * the paths. Columns that were in the paths have to be among them, as nothing says what types they
 * had. Thread-safe.
 */
public final class Repartition {
    private final Path scratch;
    private final MergeSettings settings;
    private final FileStyle style;

    public Repartition(Path scratch, MergeSettings settings, FileStyle style) {
        this.scratch = scratch;
        this.settings = settings;
        this.style = style;
    }

    /**
     * Writes the new files. The caller commits what comes back, or leaves it to be swept.
     *
     * @param columns of the new paths, outermost first
     * @throws MergeRefusedException if one is no column of the table, or is nested, or one of the
     *     old paths would be lost
     */
    public MergeOutcome execute(
            Dataset target, List<String> columns, Staging staging, Progress progress)
            throws IOException {
        if (target.files().isEmpty()) {
            throw new MergeRefusedException("the table has no file to repartition");
        }
        var store = new CountingObjectStore(target.store());
        Dataset files = new Dataset(store, target.files());
        TableSpec table =
                TableSpecs.of(
                        files,
                        new Footers(store),
                        new Dataset(store, List.of()),
                        List.of(),
                        settings.threads());
        TableSpec next = next(table, columns);
        List<FileOutcome> outcomes =
                new Moving(scratch, settings, style, Inserts.FILE_BYTES)
                        .run(files, next, Reading.ofRows(columns), staging, progress);
        long rows = outcomes.stream().mapToLong(FileOutcome::rows).sum();
        return Maintained.outcome(outcomes, rows, 0, store);
    }

    private static TableSpec next(TableSpec table, List<String> columns) {
        Set<String> inPaths = new HashSet<>(columns);
        if (inPaths.size() < columns.size()) {
            throw new MergeRefusedException(
                    "partition columns %s: one stands twice".formatted(columns));
        }
        for (String old : table.partitionColumns()) {
            if (!inPaths.contains(old)) {
                throw new MergeRefusedException(
                        "the table is partitioned by %s, which its files do not hold; it has to be among the new partition columns"
                                .formatted(old));
            }
        }
        MessageType schema = table.schema();
        for (String column : columns) {
            boolean known =
                    table.partitionColumns().contains(column)
                            || (schema.containsField(column)
                                    && schema.getType(column).isPrimitive());
            if (!known) {
                throw new MergeRefusedException(
                        "the table has no column %s at its top level to partition by"
                                .formatted(column));
            }
        }
        List<Type> left = new ArrayList<>();
        for (Type field : schema.getFields()) {
            if (!inPaths.contains(field.getName())) {
                left.add(field);
            }
        }
        if (left.isEmpty()) {
            throw new MergeRefusedException("no column would be left in the files");
        }
        return new TableSpec(
                new MessageType(schema.getName(), left),
                columns,
                table.sortedBy().stream()
                        .takeWhile(column -> !inPaths.contains(column.path()))
                        .toList(),
                table.keyKinds());
    }
}
