package dev.whence.merge;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;

import dev.whence.merge.MergeSettings.Pruning;
import dev.whence.merge.directory.DirectoryTable;
import dev.whence.merge.directory.Merging;
import dev.whence.merge.run.ParquetMerge;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/**
 * A program of its own, to be run with a small heap: merges into a table of which there is more
 * metadata than data.
 */
final class ManyChunks {
    static final int FILES = 48;
    static final int ROW_GROUPS = 20;
    private static final int COLUMNS = 200;
    private static final MessageType SCHEMA = schema();

    private ManyChunks() {}

    private static MessageType schema() {
        Types.MessageTypeBuilder building = Types.buildMessage();
        for (int column = 0; column < COLUMNS; column++) {
            building.required(INT32).named("c" + column);
        }
        return building.named("m");
    }

    /** A file whose row groups have one row each. */
    static byte[] file(int number) throws IOException {
        List<Group> rows = new ArrayList<>();
        for (int row = 0; row < ROW_GROUPS; row++) {
            Group group = new SimpleGroup(SCHEMA);
            for (int column = 0; column < COLUMNS; column++) {
                group.add(column, number * ROW_GROUPS + row + column);
            }
            rows.add(group);
        }
        return ParquetFiles.write(
                SCHEMA,
                rows,
                building -> building.withRowGroupRowCountLimit(1).withDictionaryEncoding(false));
    }

    /** Says what was counted. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        try (ObjectStore store = ObjectStores.directory(directory.resolve("store"))) {
            String key = "source/0.parquet";
            var settings =
                    new MergeSettings(2, Pruning.KEYS, Duration.ofMinutes(1), 0.8, 16L << 20);
            var merging =
                    new Merging(
                            new ParquetMerge(directory.resolve("scratch"), settings),
                            new Dataset(store, List.of(DataFile.of(key, store.head(key).bytes()))),
                            MergeRequest.of(MergeStrategy.UPSERT, RewriteMode.INCREMENTAL, "c0"),
                            Progress.NONE,
                            _ -> {});
            MergeCounts counts =
                    new DirectoryTable(store, "target/", Clock.systemUTC(), new SecureRandom())
                            .change(merging)
                            .outcome()
                            .counts();
            System.out.printf("%d rows, %d updated%n", counts.after(), counts.updated());
        }
    }
}
