package dev.whence.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.parquet.PageCodecs;
import dev.whence.source.Sources.Found;
import dev.whence.url.UrlCanonicalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetSourceTest {
    private static final long JUNE_14_MICROS = 1_718_323_200_000_000L;

    @TempDir Path directory;

    @Test
    void readsTheColumnOfThatNameInAnyEncoding() throws IOException {
        for (boolean dictionary : new boolean[] {true, false}) {
            for (String type : List.of("binary url (STRING)", "binary url", "binary url (ENUM)")) {
                MessageType schema =
                        MessageTypeParser.parseMessageType(
                                "message m { required int32 id; optional "
                                        + type
                                        + "; optional group tags (LIST) { repeated group list { optional binary element (STRING); } } }");
                var expected = new ArrayList<String>();
                var rows = new ArrayList<Group>();
                for (int at = 0; at < 20_000; at++) {
                    Group row = new SimpleGroup(schema).append("id", at);
                    if (at % 7 != 0) {
                        String url = "http://h/" + (dictionary ? at % 50 : at);
                        row.append("url", url);
                        expected.add(url);
                    }
                    rows.add(row);
                }
                Path file = write(schema, rows, dictionary);
                assertThat(read(file, "url")).extracting(Found::url).isEqualTo(expected);
            }
        }
    }

    @Test
    void readsTheTimeInEveryTypeThatWritersGiveIt() throws IOException {
        var values =
                Map.<String, Object>of(
                        "int64 ts (TIMESTAMP(MILLIS,true))",
                        JUNE_14_MICROS / 1000,
                        "int64 ts (TIMESTAMP(MICROS,true))",
                        JUNE_14_MICROS,
                        "int64 timestamp (TIMESTAMP(NANOS,false))",
                        JUNE_14_MICROS * 1000,
                        "int32 ts (DATE)",
                        (int) (JUNE_14_MICROS / 86_400_000_000L),
                        "int96 ts",
                        new NanoTime(2_440_588 + 19_888, 0),
                        "binary timestamp (STRING)",
                        "2024-06-14T00:00:00Z");
        for (var value : values.entrySet()) {
            MessageType schema =
                    MessageTypeParser.parseMessageType(
                            "message m { required binary url (STRING); optional "
                                    + value.getKey()
                                    + "; }");
            String column = schema.getFieldName(1);
            Group timed = new SimpleGroup(schema).append("url", "http://a/");
            switch (value.getValue()) {
                case Long number -> timed.add(column, number);
                case Integer number -> timed.add(column, number);
                case NanoTime time -> timed.add(column, time);
                default -> timed.add(column, value.getValue().toString());
            }
            Group timeless = new SimpleGroup(schema).append("url", "http://b/");
            assertThat(read(write(schema, List.of(timed, timeless), true), "url"))
                    .as(value.getKey())
                    .containsExactly(
                            new Found("http://a/", JUNE_14_MICROS, Map.of()),
                            new Found("http://b/", UrlSource.NO_TS, Map.of()));
        }
    }

    @Test
    void cutsWhatIsTooLongAndPassesOverWhatIsEmpty() throws IOException {
        MessageType schema =
                MessageTypeParser.parseMessageType("message m { required binary url (STRING); }");
        Path file =
                write(
                        schema,
                        List.of(
                                new SimpleGroup(schema).append("url", "x".repeat(100_000)),
                                new SimpleGroup(schema).append("url", "")),
                        true);
        List<Found> found = read(file, "url");
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().url()).hasSize(UrlCanonicalizer.MAX_INPUT_BYTES + 1);
    }

    @Test
    void countsRowsWithoutAUrl() throws IOException {
        MessageType schema =
                MessageTypeParser.parseMessageType("message m { optional binary url (STRING); }");
        Path file =
                write(
                        schema,
                        List.of(
                                new SimpleGroup(schema).append("url", "http://a/"),
                                new SimpleGroup(schema),
                                new SimpleGroup(schema).append("url", "")),
                        true);
        try (UrlSource source = UrlSources.open(file, SourceFormat.PARQUET, "url")) {
            assertThat(source.next()).isTrue();
            assertThat(source.next()).isFalse();
            assertThat(source.skipped()).isEqualTo(new Skipped(2, "row group 0, row 2"));
        }
    }

    @Test
    void namesAColumnThatIsNotThereOrNoString() throws IOException {
        MessageType schema =
                MessageTypeParser.parseMessageType(
                        "message m { required int64 n; repeated binary many (STRING); required binary url; }");
        Path file =
                write(
                        schema,
                        List.of(new SimpleGroup(schema).append("n", 1L).append("url", "u")),
                        true);
        assertMalformed(file, "uri", "footer: expected a column 'uri' at the top level");
        assertMalformed(file, "n", "footer: expected the column 'n' to be a string");
        assertMalformed(file, "many", "footer: expected the column 'many' to be a string");
    }

    @Test
    void isReadFromFilesOnly() {
        assertThatThrownBy(() ->
                        UrlSources.open(
                                "-",
                                new ByteArrayInputStream(new byte[0]),
                                SourceFormat.PARQUET,
                                "url"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-: Parquet is read from a file");
        assertThatThrownBy(() -> read(directory.resolve("none.parquet"), "url"))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void refusesWhatAHeapDoesNotHold() throws IOException {
        Path file = sample();
        byte[] bytes = Files.readAllBytes(file);
        int footer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 8);
        assertRefused(file, 16 * footer - 1, "the footer has " + footer);
        assertRefused(file, 16 * footer, "row group 0: the columns that are read have ");
        assertRefused(file, 64 << 10, "a page claims ");
        var enough = new SourceLimits(27, 16 << 20);
        assertThat(Sources.readAll(UrlSources.open(file, SourceFormat.PARQUET, "url", enough)))
                .hasSize(3_000);
    }

    private static void assertRefused(Path file, long heapBytes, String problem) {
        var limits = new SourceLimits(27, heapBytes);
        assertThatThrownBy(() ->
                        Sources.readAll(UrlSources.open(file, SourceFormat.PARQUET, "url", limits)))
                .isInstanceOf(MalformedSourceException.class)
                .hasMessageStartingWith(file + ": " + problem)
                .hasMessageContaining(" bytes, more than the ");
    }

    @Test
    void noticesEveryCut() throws IOException {
        byte[] whole = Files.readAllBytes(sample());
        for (int length = 0; length < whole.length; length += 1 + whole.length / 60) {
            Path cut = Files.write(directory.resolve("cut.parquet"), Arrays.copyOf(whole, length));
            assertMalformed(cut, "url", "not a Parquet file");
        }
    }

    @Test
    void noticesDamageInBoundedMemory() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        byte[] whole = Files.readAllBytes(sample());
        List<Found> expected = read(sample(), "url");
        for (int round = 0; round < 300; round++) {
            byte[] damaged = whole.clone();
            // Half of the rounds hit the footer, where every claim of a size stands.
            int at =
                    random.nextInt(
                            random.nextBoolean() ? whole.length : Math.min(600, whole.length));
            at = whole.length - 1 - at;
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            Path file = Files.write(directory.resolve("damaged.parquet"), damaged);
            try {
                List<Found> found = read(file, "url");
                assertThat(found.size())
                        .as("seed %d, bit of byte %d", seed, at)
                        .isLessThanOrEqualTo(expected.size());
            } catch (IOException e) {
                assertThat(e)
                        .as("seed %d, bit of byte %d", seed, at)
                        .isInstanceOf(MalformedSourceException.class)
                        .hasMessageContaining("damaged.parquet: ");
            }
        }
    }

    @Test
    void readsOrRefusesTheSamplesOfTheFormat() throws IOException {
        int read = 0;
        for (String folder : List.of("bad_data", "data")) {
            Path samples = Sources.shared("conformance/parquet-testing/" + folder);
            try (Stream<Path> files = Files.list(samples)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    for (String column :
                            List.of("url", "a", "string_col", "s", "FirstName", "foo")) {
                        try {
                            read(file, column);
                            read++;
                        } catch (MalformedSourceException e) {
                            assertThat(e).hasMessageContaining(file.getFileName().toString());
                        }
                    }
                }
            }
        }
        assertThat(read).isPositive();
        assertMalformed(
                Sources.shared(
                        "conformance/parquet-testing/data/encrypt_columns_and_footer.parquet.encrypted"),
                "url",
                "encrypted");
    }

    private Path sample() throws IOException {
        MessageType schema =
                MessageTypeParser.parseMessageType(
                        "message m { optional binary url (STRING); optional int64 ts (TIMESTAMP(MICROS,true)); }");
        var rows = new ArrayList<Group>();
        for (int at = 0; at < 3_000; at++) {
            rows.add(
                    new SimpleGroup(schema)
                            .append("url", "http://h/" + at)
                            .append("ts", JUNE_14_MICROS + at));
        }
        return write(schema, rows, true);
    }

    private Path write(MessageType schema, List<Group> rows, boolean dictionary)
            throws IOException {
        Path file = directory.resolve("sample.parquet");
        Files.deleteIfExists(file);
        try (var writer =
                ExampleParquetWriter.builder(new LocalOutputFile(file))
                        .withConf(new PlainParquetConfiguration())
                        .withType(schema)
                        .withCodecFactory(new PageCodecs(3))
                        .withCompressionCodec(CompressionCodecName.ZSTD)
                        .withDictionaryEncoding(dictionary)
                        .withRowGroupRowCountLimit(7_000)
                        .build()) {
            for (Group row : rows) {
                writer.write(row);
            }
        }
        return file;
    }

    private static List<Found> read(Path file, String column) throws IOException {
        return Sources.readAll(UrlSources.open(file, SourceFormat.PARQUET, column));
    }

    private static void assertMalformed(Path file, String column, String problem) {
        assertThatThrownBy(() -> read(file, column))
                .isInstanceOf(MalformedSourceException.class)
                .hasMessageContaining(file.getFileName() + ": ")
                .hasMessageContaining(problem);
    }
}
