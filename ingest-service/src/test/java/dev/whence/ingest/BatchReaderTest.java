package dev.whence.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.catalog.BatchPart;
import dev.whence.catalog.Effect;
import dev.whence.catalog.RewriteMode;
import dev.whence.catalog.Strategy;
import dev.whence.ingest.RecordingSink.Reject;
import dev.whence.ingest.RecordingSink.Row;
import dev.whence.source.SourceFormat;
import dev.whence.source.UrlSource;
import dev.whence.url.Rejection;
import dev.whence.url.UrlCanonicalizer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchReaderTest {
    private static final BatchLimits LIMITS = new BatchLimits(1 << 20, 2, 20, 3, 100, 1 << 20);

    private final RecordingSink sink = new RecordingSink();

    private Batch read(byte[] message) throws Exception {
        return new BatchReader(LIMITS).read(message, null, sink);
    }

    private Batch read(String message) throws Exception {
        return read(message.getBytes(StandardCharsets.UTF_8));
    }

    private void assertRefused(String message, String reason) {
        assertThatThrownBy(() -> read(message))
                .as(message)
                .isInstanceOf(BatchRefusedException.class)
                .hasMessage(reason);
    }

    @Test
    void readsUrlsInBothForms() throws Exception {
        Batch batch =
                read(
                        """
                        {"dataset": "c4", "strategy": "append", "urls": [
                          "https://example.com/a",
                          {"url": "https://example.org/b", "ts": "2024-06-14T00:00:00Z", "extras": {"lang": "en"}},
                          {"extras": {}, "url": ""},
                          "b\\u00fccher.example/\\ud83d\\ude00"
                        ]}\
                        """);
        assertThat(batch).isEqualTo(new Batch("c4", Effect.of(Strategy.APPEND), null));
        assertThat(sink.begun).containsExactly("c4 append");
        assertThat(sink.rows)
                .containsExactly(
                        new Row("https://example.com/a", UrlSource.NO_TS, Map.of()),
                        new Row(
                                "https://example.org/b",
                                1_718_323_200_000_000L,
                                Map.of("lang", "en")),
                        new Row("", UrlSource.NO_TS, Map.of()),
                        new Row("bücher.example/😀", UrlSource.NO_TS, Map.of()));
    }

    @Test
    void readsAClaimCheck() throws Exception {
        assertThat(
                        read(
                                """
                                {"format": "parquet", "objects": ["s3://raw/a", "s3://raw/b"],
                                 "url_column": "address", "dataset": "c4"}\
                                """))
                .isEqualTo(
                        new Batch(
                                "c4",
                                Effect.of(Strategy.INSERT),
                                new Batch.Claim(
                                        List.of("s3://raw/a", "s3://raw/b"),
                                        SourceFormat.PARQUET,
                                        "address")));
        assertThat(sink.begun).isEmpty();
    }

    @Test
    void takesWhatOtherStrategiesNeedWhereItChangesNothing() throws Exception {
        assertThat(
                        read(
                                """
                                {"batch_id": "b", "part": 9223372036854775807, "last": true, "all": false,
                                 "rewrite_mode": "auto", "dataset": "d", "urls": []}\
                                """))
                .isEqualTo(new Batch("d", Effect.of(Strategy.INSERT), null));
    }

    @Test
    void readsWhatABatchDoesWhateverTheOrderOfItsFields() throws Exception {
        assertThat(
                        read("""
                        {"last": true, "dataset": "d", "dedup_order_by": "ts desc", "urls": [],
                         "batch_id": "b", "rewrite_mode": "full", "part": 4, "strategy": "deduplicate"}\
                        """)
                                .effect())
                .isEqualTo(
                        new Effect(
                                Strategy.DEDUPLICATE,
                                RewriteMode.FULL,
                                "ts desc",
                                new BatchPart("b", 4, true),
                                false));
        assertThat(
                        read("""
                        {"dataset": "d", "strategy": "upsert", "rewrite_mode": "incremental",
                         "batch_id": "b", "part": 4, "urls": []}\
                        """)
                                .effect())
                .isEqualTo(new Effect(Strategy.UPSERT, RewriteMode.INCREMENTAL, null, null, false));
        assertThat(read("{\"dataset\": \"d\", \"strategy\": \"delete\", \"all\": true}"))
                .isEqualTo(new Batch("d", Effect.retraction(), null));
    }

    @Test
    void passesOverUrlsThatStandBeforeTheirDatasetUntilItIsKnown() throws Exception {
        byte[] message =
                "{\"urls\": [\"http://a.example/\", [{}]], \"dataset\": \"d\"}"
                        .getBytes(StandardCharsets.UTF_8);
        Batch batch = read(message);
        assertThat(sink.begun).isEmpty();
        assertThatThrownBy(() -> new BatchReader(LIMITS).read(message, batch, sink))
                .hasMessage("urls[1] is a string or an object");
        assertThat(sink.begun).containsExactly("d insert");
        assertThat(sink.urls()).containsExactly("http://a.example/");
    }

    @Test
    void takesUrlsThatStandBeforeTheirStrategyToBeInsertedUntilItIsKnown() throws Exception {
        byte[] message =
                "{\"dataset\": \"d\", \"urls\": [\"http://a.example/\"], \"strategy\": \"append\"}"
                        .getBytes(StandardCharsets.UTF_8);
        Batch batch = read(message);
        new BatchReader(LIMITS).read(message, batch, sink);
        assertThat(sink.begun).containsExactly("d insert", "d append");
    }

    @Test
    void aTextThatCannotBeAUrlIsRejectedAloneBesideGoodOnes() throws Exception {
        String longest = "x".repeat(UrlCanonicalizer.MAX_INPUT_BYTES);
        String half = "\\ud83d";
        read(
                "{\"dataset\": \"d\", \"urls\": [\"a\", \"%s\", \"%sy\", \"http://b%sc\", {\"url\": \"%s\"}, \"z\"]}"
                        .formatted(longest, longest, half, half));
        assertThat(sink.urls()).containsExactly("a", longest, "z");
        assertThat(sink.rejects)
                .containsExactly(
                        new Reject(Rejection.TOO_LONG, longest),
                        new Reject(Rejection.NOT_UTF8, "http://b"),
                        new Reject(Rejection.NOT_UTF8, ""));
    }

    static List<Arguments> refused() {
        String b = "{\"dataset\": \"d\", ";
        String u = b + "\"urls\": [";
        String long201 = "d".repeat(201);
        return List.of(
                Arguments.of("", "a batch is a JSON object"),
                Arguments.of("  ", "a batch is a JSON object"),
                Arguments.of("[]", "a batch is a JSON object"),
                Arguments.of("null", "a batch is a JSON object"),
                Arguments.of("\"https://a.example/\"", "a batch is a JSON object"),
                Arguments.of("https://a.example/", "not JSON at byte 6"),
                Arguments.of("{}", "field 'dataset' is missing"),
                Arguments.of("{\"urls\": []}", "field 'dataset' is missing"),
                Arguments.of("{\"dataset\": \"d\"}", "neither 'urls' nor 'objects' is there"),
                Arguments.of(
                        "{\"dataset\": \"\", \"urls\": []}",
                        "field 'dataset': a dataset's name has 1 to 200 characters, not 0"),
                Arguments.of(
                        "{\"dataset\": \"" + long201 + "\", \"urls\": []}",
                        "field 'dataset': a dataset's name has 1 to 200 characters, not 201"),
                Arguments.of(
                        "{\"dataset\": \"a\\u0000b\", \"urls\": []}",
                        "field 'dataset': a dataset's name holds no control characters"),
                Arguments.of(
                        "{\"dataset\": \"d \", \"urls\": []}",
                        "field 'dataset': a dataset's name begins and ends with no white space"),
                Arguments.of(b + "\"urls\": []} {}", "something follows the JSON object"),
                Arguments.of(b + "\"urls\": []} 7", "something follows the JSON object"),
                Arguments.of(b + "\"urlz\": []}", "unknown field 'urlz'"),
                Arguments.of(
                        b + "\"http://user:secret@h/\": []}",
                        "unknown field (21 characters, not shown)"),
                Arguments.of(b + "\"dataset\": \"d\"}", "field 'dataset' stands there twice"),
                Arguments.of(b + "\"urls\": [], \"urls\": []}", "field 'urls' stands there twice"),
                Arguments.of("{\"dataset\": 7}", "field 'dataset' is a string"),
                Arguments.of("{\"dataset\": null}", "field 'dataset' is a string"),
                Arguments.of(b + "\"strategy\": true}", "field 'strategy' is a string"),
                Arguments.of(
                        b + "\"strategy\": \"wish\"}",
                        "no strategy 'wish'; see docs/format/batch.md"),
                Arguments.of(
                        b + "\"strategy\": \"delete\", \"all\": true, \"urls\": []}",
                        "'all': true is for every URL of the dataset, and does not go with field 'urls'"),
                Arguments.of(
                        b + "\"strategy\": \"delete\", \"all\": true, \"batch_id\": \"b\"}",
                        "'all': true is for every URL of the dataset, and does not go with field 'batch_id'"),
                Arguments.of(
                        b + "\"all\": true, \"urls\": []}",
                        "'all': true goes with strategy 'delete' only, not with 'insert'"),
                Arguments.of(
                        b + "\"strategy\": \"delete\", \"all\": false}",
                        "neither 'urls' nor 'objects' is there"),
                Arguments.of(
                        b
                                + "\"strategy\": \"full_merge\", \"rewrite_mode\": \"incremental\", \"urls\": []}",
                        "rewrite_mode 'incremental' does not go with 'full_merge', which looks at every row: use full or auto"),
                Arguments.of(
                        b
                                + "\"strategy\": \"deduplicate\", \"rewrite_mode\": \"incremental\", \"urls\": []}",
                        "rewrite_mode 'incremental' does not go with 'deduplicate', which looks at every row: use full or auto"),
                Arguments.of(
                        b
                                + "\"strategy\": \"upsert\", \"dedup_order_by\": \"ts desc\", \"urls\": []}",
                        "field 'dedup_order_by' goes with strategy 'deduplicate' only, not with 'upsert'"),
                Arguments.of(
                        b
                                + "\"strategy\": \"deduplicate\", \"dedup_order_by\": \"host\", \"urls\": []}",
                        "no dedup_order_by 'host'; rows of one URL differ in their time only: there are ts, ts asc, ts desc"),
                Arguments.of(
                        b
                                + "\"strategy\": \"full_merge\", \"batch_id\": \"b\", \"last\": true, \"urls\": []}",
                        "field 'part' is missing: 'full_merge' waits for every part of a 'batch_id', and counts them from 0"),
                Arguments.of(
                        b
                                + "\"strategy\": \"deduplicate\", \"batch_id\": \"b\", \"part\": 10000, \"urls\": []}",
                        "field 'part' is 0 to 9999 with 'deduplicate'"),
                Arguments.of(b + "\"all\": 1}", "field 'all' is true or false"),
                Arguments.of(b + "\"last\": \"true\"}", "field 'last' is true or false"),
                Arguments.of(
                        b + "\"rewrite_mode\": \"half\", \"urls\": []}",
                        "no rewrite_mode 'half'; there are full, incremental, auto"),
                Arguments.of(
                        b + "\"rewrite_mode\": \"incremental\", \"urls\": []}",
                        "rewrite_mode 'incremental' does not go with 'insert', which rewrites nothing"),
                Arguments.of(
                        b + "\"dedup_order_by\": \"ts\", \"urls\": []}",
                        "field 'dedup_order_by' goes with strategy 'deduplicate' only, not with 'insert'"),
                Arguments.of(
                        b + "\"last\": true, \"urls\": []}",
                        "fields 'part' and 'last' need a 'batch_id'"),
                Arguments.of(b + "\"batch_id\": \"\"}", "field 'batch_id' has 1 to 200 characters"),
                Arguments.of(
                        b + "\"batch_id\": \"" + long201 + "\"}",
                        "field 'batch_id' has 1 to 200 characters"),
                Arguments.of(
                        b + "\"part\": -1}", "field 'part' is a whole number from 0 to 2^63 - 1"),
                Arguments.of(
                        b + "\"part\": 1.0}", "field 'part' is a whole number from 0 to 2^63 - 1"),
                Arguments.of(
                        b + "\"part\": 9223372036854775808}",
                        "field 'part' is a whole number from 0 to 2^63 - 1"),
                Arguments.of(
                        b + "\"urls\": [], \"objects\": [\"o\"], \"format\": \"text\"}",
                        "a batch has 'urls' or 'objects', not both"),
                Arguments.of(
                        b + "\"urls\": [], \"format\": \"text\"}",
                        "fields 'format' and 'url_column' go with 'objects' only"),
                Arguments.of(
                        b + "\"objects\": [\"o\"]}",
                        "field 'format' is missing: 'objects' need one"),
                Arguments.of(
                        b + "\"objects\": [\"o\"], \"format\": \"xlsx\"}",
                        "no format 'xlsx'; see docs/format/batch.md"),
                Arguments.of(
                        b + "\"objects\": [], \"format\": \"text\"}",
                        "field 'objects' names no object"),
                Arguments.of(b + "\"objects\": \"o\"}", "field 'objects' is an array of strings"),
                Arguments.of(b + "\"objects\": [\"o\", null]}", "objects[1] is a string"),
                Arguments.of(
                        b + "\"objects\": [\"a\", \"b\", \"c\", \"d\"]}",
                        "more than 3 objects; send several batches"),
                Arguments.of(b + "\"urls\": {}}", "field 'urls' is an array"),
                Arguments.of(b + "\"urls\": null}", "field 'urls' is an array"),
                Arguments.of(u + "\"a\", 7]}", "urls[1] is a string or an object"),
                Arguments.of(u + "null]}", "urls[0] is a string or an object"),
                Arguments.of(u + "1e999999999]}", "urls[0] is a string or an object"),
                Arguments.of(u + "[\"a\"]]}", "urls[0] is a string or an object"),
                Arguments.of(u + "{}]}", "urls[0]: field 'url' is missing"),
                Arguments.of(u + "{\"url\": null}]}", "urls[0]: field 'url' is a string"),
                Arguments.of(u + "{\"uri\": \"a\"}]}", "urls[0]: unknown field 'uri'"),
                Arguments.of(
                        u + "{\"url\": \"a\", \"url\": \"a\"}]}",
                        "urls[0]: field 'url' stands there twice"),
                Arguments.of(
                        u + "\"a\", {\"url\": \"a\", \"ts\": 1718323200}]}",
                        "urls[1]: field 'ts' is a string"),
                Arguments.of(
                        u + "{\"url\": \"a\", \"ts\": \"yesterday\"}]}",
                        "urls[0]: field 'ts' is an ISO 8601 time with an offset, such as 2024-06-14T00:00:00Z"),
                Arguments.of(
                        u
                                + "{\"url\": \"a\", \"ts\": \"2024-06-14T00:00:00Z\", \"ts\": \"2024-06-14T00:00:00Z\"}]}",
                        "urls[0]: field 'ts' stands there twice"),
                Arguments.of(
                        u + "{\"url\": \"a\", \"extras\": []}]}", "urls[0]: extras are an object"),
                Arguments.of(
                        u + "{\"url\": \"a\", \"extras\": {\"n\": 1}}]}",
                        "urls[0]: extras 'n' is a string"),
                Arguments.of(
                        u + "{\"url\": \"a\", \"extras\": {\"n\": \"1\", \"n\": \"2\"}}]}",
                        "urls[0]: extras 'n' stands there twice"),
                Arguments.of(
                        u + "{\"url\": \"a\", \"extras\": {}, \"extras\": {}}]}",
                        "urls[0]: field 'extras' stands there twice"),
                Arguments.of(
                        u
                                + "{\"url\": \"a\", \"extras\": {\"a\": \"\", \"b\": \"\", \"c\": \"\"}}]}",
                        "urls[0]: extras are at most 2"),
                Arguments.of(
                        u + "{\"url\": \"a\", \"extras\": {\"key\": \"" + "é".repeat(9) + "\"}}]}",
                        "urls[0]: extras have at most 20 bytes"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWithTheReason(String message, String reason) {
        assertRefused(message, reason);
    }

    @Test
    void takesExtrasUpToTheirBounds() throws Exception {
        read(
                "{\"dataset\": \"d\", \"urls\": [{\"url\": \"a\", \"extras\": {\"k\": \"%s\", \"l\": \"\\ud83d\\ude00\"}}]}"
                        .formatted("é".repeat(7)));
        assertThat(sink.rows.getFirst().extras()).isEqualTo(Map.of("k", "é".repeat(7), "l", "😀"));
    }

    @Test
    void refusesAMessageThatIsTooLong() {
        assertRefused(
                " ".repeat((1 << 20) + 1), "message of 1048577 bytes; at most 1048576 are taken");
    }

    @Test
    void refusesNestingAndNamesThatAreOutOfBounds() {
        assertThatThrownBy(() -> read("[".repeat(100_000)))
                .isInstanceOf(BatchRefusedException.class)
                .hasMessage("a batch is a JSON object");
        assertThatThrownBy(() ->
                        read(
                                "{\"urls\": "
                                        + "[".repeat(100_000)
                                        + "]".repeat(100_000)
                                        + ", \"dataset\": \"d\"}"))
                .isInstanceOf(BatchRefusedException.class)
                .hasMessageContaining("depth (9) exceeds");
        assertThatThrownBy(() -> read("{\"" + "x".repeat(2_000) + "\": 1}"))
                .isInstanceOf(BatchRefusedException.class)
                .hasMessageContaining("Name length");
        assertThatThrownBy(() -> read("{\"part\": " + "9".repeat(100_000) + "}"))
                .isInstanceOf(BatchRefusedException.class)
                .hasMessageContaining("Number value length");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
    void refusesWhatIsNotInUtf8(String charset) {
        byte[] message = "{\"dataset\": \"d\", \"urls\": []}".getBytes(Charset.forName(charset));
        assertThatThrownBy(() -> read(message)).isInstanceOf(BatchRefusedException.class);
    }

    @Test
    void refusesBytesThatJacksonMightTakeForAnotherEncoding() {
        for (byte[] message :
                List.of(
                        new byte[] {0, '{', 0, 0},
                        new byte[] {0, 0, '{', 0},
                        new byte[] {0, 0, (byte) 0xff, (byte) 0xfe, 1, 2, 3, 4},
                        new byte[] {0, 0, 0, '{', -1, -1, -1, -1},
                        new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, '{', '}'})) {
            assertThatThrownBy(() -> read(message))
                    .isInstanceOf(BatchRefusedException.class)
                    .hasMessageStartingWith("not JSON at byte");
        }
    }

    @Test
    void refusesAStringThatIsNotUtf8() {
        for (String bad :
                List.of(
                        "\u00ff",
                        "\u00c0\u0080",
                        "\u00ed\u00a0\u0080",
                        "\u00f4\u0090\u0080\u0080")) {
            byte[] message =
                    ("{\"dataset\": \"d\", \"urls\": [\"http://" + bad + "/\"]}")
                            .getBytes(StandardCharsets.ISO_8859_1);
            try {
                read(message);
            } catch (Exception e) {
                assertThat(e)
                        .isInstanceOf(BatchRefusedException.class)
                        .hasMessageStartingWith("not JSON at byte");
            }
        }
    }

    @Test
    void refusesEveryBeginningOfABatch() throws Exception {
        byte[] message =
                """
                {"dataset": "d", "urls": ["http://a.example/", {"url": "b", "ts": "2024-06-14T00:00:00Z", "extras": {"k": "v"}}]}\
                """
                        .getBytes(StandardCharsets.UTF_8);
        read(message);
        for (int length = 0; length < message.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(message, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(BatchRefusedException.class);
        }
    }

    @Test
    void readsBatchesOneAfterTheOther() throws Exception {
        var reader = new BatchReader(LIMITS);
        for (int batch = 0; batch < 3; batch++) {
            String urls =
                    IntStream.range(0, 1_000)
                            .mapToObj(i -> "\"http://h%d.example/\"".formatted(i))
                            .collect(Collectors.joining(","));
            byte[] message =
                    ("{\"dataset\": \"d\", \"urls\": [" + urls).getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> reader.read(message, null, sink))
                    .isInstanceOf(BatchRefusedException.class);
            reader.read(
                    "{\"dataset\": \"d\", \"urls\": [\"a\"]}".getBytes(StandardCharsets.UTF_8),
                    null,
                    sink);
        }
        assertThat(sink.rows).hasSize(3_003);
    }
}
