package dev.whence.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.whence.merge.run.MergePlan;
import dev.whence.merge.run.ParquetMerge;
import dev.whence.parquet.PageCodecs;
import dev.whence.parquet.StoreInputFile;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files that Parquet's implementations share, good and bad, as targets and as sources. */
@Tag("slow")
class ForeignFilesMergeTest {
    /** Bad for other readers; every value of it can be told. */
    private static final Set<String> NOT_BAD = Set.of("ARROW-GH-43605.parquet");

    /** With more rows, once is enough. */
    private static final int MANY_ROWS = 2_000;

    private final ObjectStore store = ObjectStores.memory();

    @TempDir Path scratch;

    /** What parquet-java reads of a file. */
    private record Content(MessageType schema, List<Group> rows, Optional<String> key) {}

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @MethodSource("data")
    void halfOfItsOwnRowsChangeNothing(String name) throws IOException {
        DataFile file = put("target/" + name, Files.readAllBytes(folder("data").resolve(name)));
        Dataset target = new Dataset(store, List.of(file));
        Content content;
        try {
            content = read(file);
        } catch (IOException | RuntimeException e) {
            assertUnreadable(target, target, "k", name);
            return;
        }
        assumeThat(content.key()).as("a column that can be a key").isPresent();
        byte[] half =
                ParquetFiles.write(
                        content.schema(),
                        content.rows().subList(0, content.rows().size() / 2),
                        new Random(1));
        Dataset source = new Dataset(store, List.of(put("source/" + name, half)));
        judge(target, source, RewriteMode.INCREMENTAL, content.key().orElseThrow());
        if (content.rows().size() > MANY_ROWS) {
            return;
        }
        judge(target, source, RewriteMode.FULL, content.key().orElseThrow());
        judge(target, target, RewriteMode.INCREMENTAL, content.key().orElseThrow());
        Dataset empty = new Dataset(store, List.of());
        judge(empty, target, RewriteMode.FULL, content.key().orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("badData")
    void aBadFileIsAClearErrorAndNothingIsStaged(String name) throws IOException {
        DataFile file = put("bad/" + name, Files.readAllBytes(folder("bad_data").resolve(name)));
        Dataset bad = new Dataset(store, List.of(file));
        String key = keyOf(file).orElse("k");
        if (NOT_BAD.contains(name)) {
            judge(new Dataset(store, List.of()), bad, RewriteMode.FULL, key);
            judge(bad, bad, RewriteMode.INCREMENTAL, key);
            return;
        }
        assertUnreadable(new Dataset(store, List.of()), bad, key, name);
        assertUnreadable(bad, bad, key, name);
    }

    private void assertUnreadable(Dataset target, Dataset source, String key, String name) {
        MergeJudge.Staged staged = new MergeJudge.Staged(store);
        ParquetMerge merge = new ParquetMerge(scratch, MergeSettings.DEFAULT);
        Throwable failure =
                catchThrowable(() -> {
                    MergeRequest request =
                            MergeRequest.of(MergeStrategy.UPSERT, RewriteMode.FULL, key);
                    try (MergePlan plan = merge.plan(target, source, request, Progress.NONE)) {
                        merge.execute(plan, staged, Progress.NONE);
                    }
                });
        assertThat(failure)
                .isInstanceOfAny(UnreadableFileException.class, MergeRefusedException.class)
                .hasMessageContaining(name);
        assertThat(staged.files).isEmpty();
        assertThat(scratch).isEmptyDirectory();
    }

    private void judge(Dataset target, Dataset source, RewriteMode mode, String key)
            throws IOException {
        new MergeJudge(scratch, MergeSettings.DEFAULT)
                .judge(target, source, MergeRequest.of(MergeStrategy.UPSERT, mode, key), List.of());
    }

    private DataFile put(String key, byte[] bytes) throws IOException {
        store.put(key, ObjectBody.of(bytes));
        return DataFile.of(key, bytes.length);
    }

    private Content read(DataFile file) throws IOException {
        try (ParquetFileReader reader = open(file)) {
            MessageType schema = reader.getFileMetaData().getSchema();
            List<Group> rows = new ArrayList<>();
            for (PageReadStore pages = reader.readNextRowGroup();
                    pages != null;
                    pages = reader.readNextRowGroup()) {
                RecordReader<Group> records =
                        new ColumnIOFactory()
                                .getColumnIO(schema)
                                .getRecordReader(pages, new GroupRecordConverter(schema));
                for (long row = 0; row < pages.getRowCount(); row++) {
                    rows.add(records.read());
                }
            }
            return new Content(schema, rows, key(schema));
        }
    }

    private Optional<String> keyOf(DataFile file) {
        try (ParquetFileReader reader = open(file)) {
            return key(reader.getFileMetaData().getSchema());
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private ParquetFileReader open(DataFile file) throws IOException {
        return ParquetFileReader.open(
                new StoreInputFile(store, file.key(), file.bytes()),
                ParquetReadOptions.builder(new PlainParquetConfiguration())
                        .withCodecFactory(new PageCodecs(3))
                        .usePageChecksumVerification(true)
                        .build());
    }

    private static Optional<String> key(MessageType schema) {
        return schema.getColumns().stream()
                .filter(column -> column.getMaxRepetitionLevel() == 0)
                .map(ColumnDescriptor::getPath)
                .map(path -> String.join(".", path))
                .findFirst();
    }

    private static Stream<String> data() throws IOException {
        return names("data");
    }

    private static Stream<String> badData() throws IOException {
        return names("bad_data");
    }

    private static Stream<String> names(String folder) throws IOException {
        assumeThat(folder(folder)).as("the shared Parquet test files").exists();
        try (Stream<Path> files = Files.list(folder(folder))) {
            return files
                    .map(path -> path.getFileName().toString())
                    .filter(name -> name.contains(".parquet") && !name.endsWith(".json"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static Path folder(String name) {
        return Path.of(
                System.getProperty("whence.root"),
                "..",
                "shared",
                "conformance",
                "parquet-testing",
                name);
    }
}
