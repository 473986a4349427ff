package dev.whence.merge.plan;

import dev.whence.merge.DataFile;
import dev.whence.merge.Dataset;
import dev.whence.merge.MergeRefusedException;
import dev.whence.merge.file.Footers;
import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.file.SideBySide;
import dev.whence.merge.file.SortColumn;
import dev.whence.merge.rows.CommonSchema;
import dev.whence.merge.rows.KeyKinds;
import dev.whence.merge.rows.TableSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.parquet.schema.MessageType;

/** Finds out what a target is, by the footers of all its files. */
public final class TableSpecs {
    private TableSpecs() {}

    /**
     * Reads the footers.
     *
     * @throws MergeRefusedException if the files have no common schema or are not partitioned alike
     */
    public static TableSpec of(
            Dataset target, Footers footers, Dataset source, List<String> keyColumns, int threads)
            throws IOException {
        List<Callable<MessageType>> reads = new ArrayList<>();
        for (DataFile file : target.files()) {
            reads.add(() -> {
                try (ParquetInput input = footers.open(file)) {
                    return input.schema();
                }
            });
        }
        List<MessageType> schemas = SideBySide.run(threads, reads);
        List<KeyKinds.Voter> voters = new ArrayList<>();
        for (int i = 0; i < schemas.size(); i++) {
            voters.add(new KeyKinds.Voter(schemas.get(i), target.files().get(i).partition()));
        }
        List<SortColumn> sortedBy =
                target.files().isEmpty() ? List.of() : sortedBy(target, schemas, footers);
        if (!source.files().isEmpty()) {
            DataFile first = source.files().getFirst();
            try (ParquetInput input = ParquetInput.open(source.store(), first)) {
                voters.add(new KeyKinds.Voter(input.schema(), first.partition()));
                if (target.files().isEmpty()) {
                    sortedBy = firstOrder(input);
                }
            }
        }
        if (voters.isEmpty()) {
            throw new MergeRefusedException("neither the target nor the source has a file");
        }
        return new TableSpec(
                schemas.isEmpty()
                        ? voters.getLast().schema()
                        : CommonSchema.of(target.files(), schemas),
                partitionColumns(target),
                sortedBy,
                KeyKinds.of(keyColumns, voters));
    }

    private static List<String> partitionColumns(Dataset target) {
        if (target.files().isEmpty()) {
            return List.of();
        }
        DataFile first = target.files().getFirst();
        List<String> columns = first.partition().columns();
        for (DataFile file : target.files()) {
            if (!columns.equals(file.partition().columns())) {
                throw new MergeRefusedException(
                        "the target's files are not partitioned alike: %s by %s, %s by %s"
                                .formatted(
                                        first.key(),
                                        columns,
                                        file.key(),
                                        file.partition().columns()));
            }
        }
        return columns;
    }

    /**
     * New files are ordered as the first one's first row group says that it is, or the source's
     * where the target has none. The order ends before a column that a file lacks.
     */
    private static List<SortColumn> sortedBy(
            Dataset target, List<MessageType> schemas, Footers footers) throws IOException {
        try (ParquetInput input = footers.open(target.files().getFirst())) {
            Set<MessageType> distinct = Set.copyOf(schemas);
            return firstOrder(input).stream()
                    .takeWhile(column ->
                            distinct.stream().allMatch(schema -> hasLeaf(schema, column.path())))
                    .toList();
        }
    }

    private static boolean hasLeaf(MessageType schema, String path) {
        return schema.getColumns().stream()
                .anyMatch(leaf -> String.join(".", leaf.getPath()).equals(path));
    }

    private static List<SortColumn> firstOrder(ParquetInput input) throws IOException {
        List<List<SortColumn>> orders = input.orders();
        return orders.isEmpty() ? List.of() : orders.getFirst();
    }
}
