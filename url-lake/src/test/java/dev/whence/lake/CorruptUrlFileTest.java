package dev.whence.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.github.luben.zstd.Zstd;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged and foreign files: a clear error, or the same answer, never another one. */
@Tag("slow")
class CorruptUrlFileTest {
    private static final String KEY = "urls/damaged.parquet";

    @TempDir Path directory;
    private RandomGenerator random;
    private byte[] whole;
    private Answer answer;

    /** All that a file can be asked. */
    private record Answer(
            List<RowGroupSummary> rowGroups, List<DomainRun> runs, List<UrlRow> rows) {}

    @BeforeEach
    void writeFile() throws IOException {
        random = RandomRows.random(RandomRows.seed());
        Path path = directory.resolve("a.parquet");
        try (UrlFileWriter writer =
                new UrlFileWriter(path, new UrlFileOptions(3, 100, 1 << 20, true))) {
            for (UrlRow row : RandomRows.sorted(random, 1_000)) {
                writer.write(row);
            }
            writer.finish();
        }
        whole = Files.readAllBytes(path);
        answer = ask(whole);
    }

    @Test
    void flippedBytesNeverGiveAnotherAnswer() throws IOException {
        int noticed = 0;
        for (int i = 0; i < 1_500; i++) {
            byte[] damaged = whole.clone();
            // Half of them in the footer and the indexes, where Parquet itself checks nothing.
            int from = i % 2 == 0 ? 0 : whole.length - whole.length / 3;
            int at = random.nextInt(from, whole.length);
            damaged[at] ^= (byte) random.nextInt(1, 256);
            noticed += isNoticed(damaged, "byte " + at) ? 1 : 0;
        }
        assertThat(noticed).isGreaterThan(500);
    }

    /** A page's header has no checksum. */
    @Test
    void everyBitOfAPageHeaderIsNoticedOrHarmless() throws IOException {
        for (long page : pages()) {
            for (int bit = 0; bit < 12 * Byte.SIZE; bit++) {
                byte[] damaged = whole.clone();
                damaged[(int) page + bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                isNoticed(damaged, "bit %d of the page at %d".formatted(bit, page));
            }
        }
    }

    /** Where the first row group's dictionaries and first pages begin. */
    private Set<Long> pages() throws IOException {
        var offsets = new TreeSet<Long>();
        try (ParquetFileReader reader =
                ParquetFileReader.open(
                        new LocalInputFile(directory.resolve("a.parquet")),
                        ParquetReadOptions.builder(new PlainParquetConfiguration()).build())) {
            for (ColumnChunkMetaData chunk :
                    reader.getFooter().getBlocks().getFirst().getColumns()) {
                offsets.add(chunk.getStartingPos());
                offsets.add(chunk.getFirstDataPageOffset());
            }
        }
        return offsets;
    }

    @Test
    void aTailThatIsDamagedInsideItsChecksumIsNamedOrAnswered() throws IOException {
        Path path = directory.resolve("large.parquet");
        try (UrlFileWriter writer =
                new UrlFileWriter(path, new UrlFileOptions(3, 500, 1 << 20, true))) {
            for (UrlRow row : RandomRows.sorted(random, 30_000)) {
                writer.write(row);
            }
            writer.finish();
        }
        try (ObjectStore store = ObjectStores.memory()) {
            byte[] bytes = Files.readAllBytes(path);
            store.put(KEY, ObjectBody.of(bytes));
            byte[] tail = UrlFile.open(store, KEY).tail().orElseThrow();
            byte[] plain = Zstd.decompress(tail, (int) Zstd.getFrameContentSize(tail));
            int named = 0;
            for (int i = 0; i < 1_500; i++) {
                byte[] damaged = i % 5 == 0 ? tail.clone() : plain.clone();
                for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                    damaged[random.nextInt(damaged.length)] ^= (byte) random.nextInt(1, 256);
                }
                byte[] given = i % 5 == 0 ? damaged : Zstd.compress(damaged);
                named += isNamed(store, bytes.length, given) ? 1 : 0;
            }
            assertThat(named).isGreaterThan(300);
            for (byte[] none : List.of(new byte[0], new byte[] {1}, Zstd.compress(new byte[3]))) {
                assertThat(isNamed(store, bytes.length, none)).isTrue();
            }
            assertThat(isNamed(store, bytes.length + 1, tail)).as("of another file").isTrue();
        }
    }

    private boolean isNamed(ObjectStore store, long bytes, byte[] tail) throws IOException {
        try {
            UrlFile file = UrlFile.open(store, KEY, bytes, tail);
            int rowGroup = random.nextInt(file.rowGroups().size());
            RowGroupSummary bounds = file.rowGroups().get(rowGroup);
            for (String domain : List.of(bounds.firstDomain(), bounds.lastDomain())) {
                DomainStart start = file.start(rowGroup, domain, random.nextInt(50), 100);
                file.read(rowGroup, start.run(), 0, 100);
            }
            return false;
        } catch (CorruptUrlFileException e) {
            assertThat(e).hasMessageContaining(KEY);
            return true;
        }
    }

    /** A small file is held in memory while it is open, for as long as it is asked for. */
    @Test
    void whatCameDamagedIsReadAgainFromTheStore() throws IOException {
        int noticed = 0;
        for (long page : pages()) {
            try (ObjectStore store = ObjectStores.memory()) {
                byte[] damaged = whole.clone();
                damaged[(int) page] ^= 0x10;
                store.put(KEY, ObjectBody.of(damaged));
                UrlFile file = UrlFile.open(store, KEY);
                long held = file.heldBytes();
                noticed += isNoticed(file, "the page at " + page) ? 1 : 0;
                store.put(KEY, ObjectBody.of(whole));
                assertThat(ask(file)).isEqualTo(answer);
                assertThat(file.heldBytes()).isEqualTo(held);
            }
        }
        assertThat(noticed).isGreaterThan(5);
    }

    @Test
    void zeroedRegionsNeverGiveAnotherAnswer() throws IOException {
        for (int i = 0; i < 300; i++) {
            byte[] damaged = whole.clone();
            int at = random.nextInt(whole.length);
            Arrays.fill(damaged, at, Math.min(whole.length, at + 512), (byte) 0);
            isNoticed(damaged, "512 bytes from " + at);
        }
    }

    @Test
    void filesThatAreCutOffAreNoticed() {
        for (int i = 0; i < 200; i++) {
            int length = i < 20 ? i : random.nextInt(whole.length);
            assertThatThrownBy(() -> ask(Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isInstanceOf(CorruptUrlFileException.class)
                    .hasMessageContaining(KEY);
        }
    }

    @Test
    void foreignFilesAreRefusedByTheirSchema() throws IOException {
        Path files =
                Path.of(
                        System.getProperty("whence.root"),
                        "..",
                        "shared",
                        "conformance",
                        "parquet-testing");
        assumeThat(files).as("the shared Parquet test files").exists();
        int refused = 0;
        for (String folder : List.of("data", "bad_data")) {
            try (Stream<Path> list = Files.walk(files.resolve(folder))) {
                for (Path file : list.filter(f -> f.toString().endsWith(".parquet")).toList()) {
                    assertThatThrownBy(() -> ask(Files.readAllBytes(file)))
                            .as(file.toString())
                            .isInstanceOf(CorruptUrlFileException.class)
                            .hasMessageContaining(KEY);
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(50);
        byte[] other = Files.readAllBytes(files.resolve("data/alltypes_plain.parquet"));
        assertThatThrownBy(() -> ask(other)).hasMessageContaining("has no column domain_id");
    }

    private boolean isNoticed(byte[] damaged, String where) throws IOException {
        return isNoticed(() -> ask(damaged), where);
    }

    private boolean isNoticed(UrlFile file, String where) throws IOException {
        return isNoticed(() -> ask(file), where);
    }

    private interface Asking {
        Answer ask() throws IOException;
    }

    private boolean isNoticed(Asking asking, String where) throws IOException {
        try {
            assertThat(asking.ask()).as(where).isEqualTo(answer);
            return false;
        } catch (CorruptUrlFileException e) {
            assertThat(e).hasMessageContaining(KEY);
            return true;
        }
    }

    private static Answer ask(byte[] bytes) throws IOException {
        try (ObjectStore store = ObjectStores.memory()) {
            store.put(KEY, ObjectBody.of(bytes));
            return ask(UrlFile.open(store, KEY));
        }
    }

    private static Answer ask(UrlFile file) throws IOException {
        List<DomainRun> runs = new ArrayList<>();
        file.domainRuns(runs::add);
        List<UrlRow> rows = new ArrayList<>();
        try (RowCursor cursor = file.allRows()) {
            for (UrlRow row = cursor.next(); row != null; row = cursor.next()) {
                rows.add(row);
            }
        }
        return new Answer(file.rowGroups(), runs, rows);
    }
}
