package dev.whence.merge.maintain;

import dev.whence.merge.Dataset;
import dev.whence.merge.FileOutcome;
import dev.whence.merge.FileStyle;
import dev.whence.merge.MergeOutcome;
import dev.whence.merge.MergeRefusedException;
import dev.whence.merge.MergeSettings;
import dev.whence.merge.Partition;
import dev.whence.merge.Progress;
import dev.whence.merge.Staging;
import dev.whence.merge.rewrite.Inserts;
import dev.whence.merge.rows.Reading;
import dev.whence.merge.rows.SourceRows;
import dev.whence.merge.rows.TableSpec;
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
 * had. A table that is partitioned so already is left as it is. Thread-safe.
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
     * Says which partitions there would be; writes nothing.
     *
     * @param columns of the new paths, outermost first
     * @throws MergeRefusedException as {@link #execute} does
     */
    public RepartitionPlan plan(Dataset target, List<String> columns, Progress progress)
            throws IOException {
        requireFiles(target);
        var upkeep = new Upkeep(target, settings);
        TableSpec table = upkeep.table(target.files(), List.of());
        TableSpec next = next(table, columns);
        if (columns.equals(table.partitionColumns())) {
            long rows = upkeep.rows(target.files()).stream().mapToLong(Long::longValue).sum();
            return new RepartitionPlan(columns, columns, 0, 0, rows, List.of());
        }
        try (StoredRows stored =
                StoredRows.read(
                        upkeep.dataset(target.files()),
                        next,
                        Reading.ofPlaces(columns),
                        scratch,
                        progress)) {
            return new RepartitionPlan(
                    columns,
                    table.partitionColumns(),
                    target.files().size(),
                    target.files().stream().mapToLong(file -> file.bytes()).sum(),
                    stored.rows().rows(),
                    places(stored.rows()));
        }
    }

    private static List<RepartitionPlan.Place> places(SourceRows rows) {
        List<Partition> partitions = rows.partitions();
        long[] counts = new long[partitions.size()];
        for (int row = 0; row < rows.rows(); row++) {
            counts[rows.partition(row)]++;
        }
        List<RepartitionPlan.Place> places = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            places.add(new RepartitionPlan.Place(partitions.get(i), counts[i]));
        }
        return places;
    }

    /**
     * Writes the new files. The caller commits what comes back, or leaves it to be swept.
     *
     * @param columns of the new paths, outermost first
     * @throws MergeRefusedException if one is no column of the table, or is nested, or holds what
     *     no path can, or one of the old paths would be lost
     */
    public MergeOutcome execute(
            Dataset target, List<String> columns, Staging staging, Progress progress)
            throws IOException {
        requireFiles(target);
        var upkeep = new Upkeep(target, settings);
        TableSpec table = upkeep.table(target.files(), List.of());
        TableSpec next = next(table, columns);
        if (columns.equals(table.partitionColumns())) {
            return upkeep.outcome(upkeep.preserved(target.files()));
        }
        List<FileOutcome> outcomes =
                new Moving(scratch, settings, style, Inserts.FILE_BYTES)
                        .run(
                                upkeep.dataset(target.files()),
                                upkeep.footers(),
                                next,
                                Reading.ofRows(columns),
                                staging,
                                progress);
        return upkeep.outcome(outcomes);
    }

    private static void requireFiles(Dataset target) {
        if (target.files().isEmpty()) {
            throw new MergeRefusedException("the table has no file to repartition");
        }
    }

    private static TableSpec next(TableSpec table, List<String> columns) {
        Set<String> inPaths = new HashSet<>(columns);
        requireColumns(table, columns, inPaths);
        MessageType schema = table.schema();
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
                // Within a partition a column of its path has one value, and orders nothing.
                table.sortedBy().stream()
                        .filter(column -> !inPaths.contains(column.path()))
                        .toList(),
                table.keyKinds());
    }

    private static void requireColumns(TableSpec table, List<String> columns, Set<String> inPaths) {
        if (columns.isEmpty()) {
            throw new MergeRefusedException("repartition needs at least one partition column");
        }
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
                                    && schema.getType(column).isPrimitive()
                                    && !schema.getType(column)
                                            .isRepetition(Type.Repetition.REPEATED));
            if (!known) {
                throw new MergeRefusedException(
                        "the table has no column %s of single values at its top level to partition by"
                                .formatted(column));
            }
        }
    }
}
