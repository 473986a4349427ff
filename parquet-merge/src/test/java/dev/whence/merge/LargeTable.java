package dev.whence.merge;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import dev.whence.merge.MergeSettings.Pruning;
import dev.whence.merge.directory.Compacting;
import dev.whence.merge.directory.Deduplicating;
import dev.whence.merge.directory.DirectoryTable;
import dev.whence.merge.directory.Merging;
import dev.whence.merge.directory.TableChange;
import dev.whence.merge.maintain.Compaction;
import dev.whence.merge.maintain.CompactionRules;
import dev.whence.merge.maintain.Deduplication;
import dev.whence.merge.rewrite.KeptStyle;
import dev.whence.merge.run.ParquetMerge;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/**
 * A program of its own, to be run with a small heap: does everything that can be done to a table
 * with rows of 8 kB, which take little on disk. All are of one domain, and their keys begin alike,
 * so that no metadata leaves any row out.
 */
final class LargeTable {
    static final int FILES = 20;
    static final int SOURCE_FILES = 10;
    private static final int FILE_ROWS = 2_000;
    private static final int GROUP_ROWS = 500;
    private static final String WIDE = "long".repeat(1_000);
    private static final List<String> KEY = List.of("domain", "url");
    private static final MessageType SCHEMA =
            Types.buildMessage()
                    .required(BINARY)
                    .as(stringType())
                    .named("domain")
                    .required(BINARY)
                    .as(stringType())
                    .named("url")
                    .optional(BINARY)
                    .as(stringType())
                    .named("text")
                    .required(INT64)
                    .named("rank")
                    .named("m");

    private final ObjectStore store;
    private final Path scratch;
    private final MergeSettings settings =
            new MergeSettings(2, Pruning.KEYS, Duration.ofMinutes(1), 0.8, 16L << 20);

    private LargeTable(ObjectStore store, Path scratch) {
        this.store = store;
        this.scratch = scratch;
    }

    /** The rows that have a file's number, in some row groups. */
    static byte[] file(int number) throws IOException {
        List<Group> rows = new ArrayList<>();
        for (int row = number * FILE_ROWS; row < (number + 1) * FILE_ROWS; row++) {
            rows.add(
                    new SimpleGroup(SCHEMA)
                            .append("domain", "one.example")
                            .append("url", WIDE + row)
                            .append("text", row + WIDE)
                            .append("rank", (long) row));
        }
        return ParquetFiles.write(
                SCHEMA,
                rows,
                building ->
                        building.withCompressionCodec(CompressionCodecName.ZSTD)
                                .withRowGroupRowCountLimit(GROUP_ROWS));
    }

    /** Says what each change counted. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        try (ObjectStore store = ObjectStores.directory(directory.resolve("store"))) {
            var table = new LargeTable(store, directory.resolve("scratch"));
            List<DataFile> source = table.source();
            table.merge(
                    "upsert, incremental", source, MergeStrategy.UPSERT, RewriteMode.INCREMENTAL);
            table.merge("upsert, full", source, MergeStrategy.UPSERT, RewriteMode.FULL);
            List<DataFile> twice = new ArrayList<>(source);
            twice.addAll(source);
            table.merge("deduplicate", twice, MergeStrategy.DEDUPLICATE, RewriteMode.FULL);
            table.merge("append", source, MergeStrategy.APPEND, RewriteMode.FULL);
            table.maintain();
            table.merge("full_merge", source, MergeStrategy.FULL_MERGE, RewriteMode.FULL);
        }
    }

    private List<DataFile> source() throws IOException {
        try (Stream<ObjectInfo> objects = store.list("source/")) {
            return objects.map(object -> DataFile.of(object.key(), object.bytes())).toList();
        }
    }

    private void merge(String name, List<DataFile> source, MergeStrategy strategy, RewriteMode mode)
            throws IOException {
        List<SortOrder> order =
                strategy == MergeStrategy.DEDUPLICATE
                        ? List.of(new SortOrder("rank", true))
                        : List.of();
        List<String> key = strategy == MergeStrategy.APPEND ? List.of() : KEY;
        change(
                name,
                new Merging(
                        new ParquetMerge(scratch, settings),
                        new Dataset(store, source),
                        new MergeRequest(strategy, key, mode, order),
                        Progress.NONE,
                        _ -> {}));
    }

    private void maintain() throws IOException {
        var rules = CompactionRules.all(128L << 20, 1L << 30);
        var compaction = new Compaction(scratch, settings, new KeptStyle(), rules);
        change("compact", new Compacting(compaction, Progress.NONE));
        var deduplication = new Deduplication(scratch, settings, new KeptStyle());
        change("deduplicated", new Deduplicating(deduplication, KEY, List.of(), Progress.NONE));
    }

    private void change(String name, TableChange change) throws IOException {
        MergeCounts counts =
                new DirectoryTable(store, "target/", Clock.systemUTC(), new SecureRandom())
                        .change(change)
                        .outcome()
                        .counts();
        System.out.printf(
                "%s: %d before, %d inserted, %d updated, %d deleted%n",
                name, counts.before(), counts.inserted(), counts.updated(), counts.deleted());
    }
}
