package dev.whence.merge.plan;

import dev.whence.merge.DataFile;
import dev.whence.merge.Dataset;
import dev.whence.merge.MergeRefusedException;
import dev.whence.merge.file.Footers;
import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.file.SideBySide;
import dev.whence.merge.file.SortColumn;
import dev.whence.merge.rows.KeyKinds;
import dev.whence.merge.rows.SchemaMapping;
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
                target.files().isEmpty() ? List.of() : sortedBy(target, footers);
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
                schemas.isEmpty() ? voters.getLast().schema() : widest(schemas, target),
                partitionColumns(target),
                sortedBy,
                KeyKinds.of(keyColumns, voters));
    }

    /** The schema that can hold the rows of every file. */
    private static MessageType widest(List<MessageType> schemas, Dataset target) {
        MessageType widest = schemas.getFirst();
        for (MessageType schema : Set.copyOf(schemas)) {
            if (!holds(widest, schema) && holds(schema, widest)) {
                widest = schema;
            }
        }
        for (int i = 0; i < schemas.size(); i++) {
            if (!holds(widest, schemas.get(i))) {
                throw new MergeRefusedException(
                        "the target's files have no common schema: %s has %s, and another one %s"
                                .formatted(
                                        target.files().get(i).key(),
                                        oneLine(schemas.get(i)),
                                        oneLine(widest)));
            }
        }
        return LooseSchema.of(widest, schemas);
    }

    private static boolean holds(MessageType wide, MessageType narrow) {
        if (wide.equals(narrow)) {
            return true;
        }
        try {
            SchemaMapping.ofTableFile(narrow, wide);
            return true;
        } catch (MergeRefusedException _) {
            // That is the answer.
            return false;
        }
    }

    private static List<String> partitionColumns(Dataset target) {
        List<String> columns = List.of();
        for (DataFile file : target.files()) {
            List<String> own = file.partition().columns();
            if (columns.isEmpty()) {
                columns = own;
            } else if (!columns.equals(own)) {
                throw new MergeRefusedException(
                        "the target's files are not partitioned alike: %s by %s, others by %s"
                                .formatted(file.key(), own, columns));
            }
        }
        return columns;
    }

    /**
     * New files are ordered as the first one's first row group says that it is, or the source's
     * where the target has none.
     */
    private static List<SortColumn> sortedBy(Dataset target, Footers footers) throws IOException {
        try (ParquetInput input = footers.open(target.files().getFirst())) {
            return firstOrder(input);
        }
    }

    private static List<SortColumn> firstOrder(ParquetInput input) throws IOException {
        List<List<SortColumn>> orders = input.orders();
        return orders.isEmpty() ? List.of() : orders.getFirst();
    }

    private static String oneLine(MessageType schema) {
        return schema.toString().replaceAll("\\s+", " ");
    }
}
