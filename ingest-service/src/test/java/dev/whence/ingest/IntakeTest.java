package dev.whence.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.whence.catalog.Effect;
import dev.whence.catalog.LandingFile;
import dev.whence.source.SourceFormat;
import dev.whence.store.AccessDeniedException;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStoreException;
import dev.whence.store.ObjectStores;
import dev.whence.store.S3Settings;
import dev.whence.store.fault.StoreAround;
import dev.whence.url.Rejection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IntakeTest {
    private static final String PREFIX = "s3://raw/c4/";
    private static final BatchLimits LIMITS = new BatchLimits(1 << 20, 2, 100, 10, 10_000, 10_000);

    @TempDir Path temporary;
    @TempDir Path folder;

    private ObjectStore raw;
    private Parts parts;
    private Flush flush;
    private long offset;

    @BeforeEach
    void open() {
        raw = ObjectStores.memory();
        parts =
                new Parts(
                        ObjectStores.memory(),
                        temporary,
                        LIMITS,
                        List.of(
                                new SourceRoot(PREFIX, raw),
                                new SourceRoot("file:///in/", ObjectStores.directory(folder))),
                        4,
                        _ -> true);
        flush = parts.flush(parts.tenure(0), 0);
    }

    @AfterEach
    void close() throws IOException {
        flush.close();
        parts.close();
        raw.close();
    }

    private void take(String key, String message) throws Exception {
        parts.take(flush, offset++, key, message);
    }

    private List<String> reasons() {
        return parts.letters.stream().map(DeadLetter::reason).toList();
    }

    private List<String> taken() throws Exception {
        parts.commit.carryOut(flush);
        return parts.urls(parts.entries().getFirst());
    }

    private void put(String name, byte[] content) throws IOException {
        raw.put(name, ObjectBody.of(content));
    }

    private void put(String name, String content) throws IOException {
        put(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static String claim(String format, String... objects) {
        return "{\"dataset\": \"d\", \"format\": \"%s\", \"objects\": [\"%s\"]}"
                .formatted(format, String.join("\", \"", objects));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theKeyIsTheDatasetsNameUnlessTheDatasetIsSpread() throws Exception {
        String d = "{\"dataset\": \"d\", \"urls\": [\"http://d.example/\"]}";
        String spread =
                "{\"urls\": [\"http://%s.example/\"], \"dataset\": \"" + Parts.SPREAD + "\"}";
        take("d", d);
        take("e", d);
        take(null, d);
        take("http://user:secret@d.example/", d);
        take("x".repeat(1 << 20), d);
        take(null, spread.formatted("a"));
        take("any", spread.formatted("b"));
        take(Parts.SPREAD, spread.formatted("c"));
        var notUtf8 = new BatchRecord(offset++, new byte[] {(byte) 0xff}, text(d));
        parts.intake.take(flush, notUtf8, new Parts.Waits(parts));

        String expected = "; it must be the dataset's name, 'd', unless the dataset is spread";
        assertThat(reasons())
                .containsExactly(
                        "the record's key is 'e'" + expected,
                        "the record's key is null or not UTF-8" + expected,
                        "the record's key is (29 characters, not shown)" + expected,
                        "the record's key is (1048576 characters, not shown)" + expected,
                        "the record's key is null or not UTF-8" + expected);
        assertThat(taken())
                .containsExactlyInAnyOrder(
                        "http://d.example/",
                        "http://a.example/",
                        "http://b.example/",
                        "http://c.example/");
        assertThat(flush.next()).isEqualTo(9);
    }

    @Test
    void aTombstoneIsADeadLetter() throws Exception {
        parts.take(flush, 0, "d", (byte[]) null, new Parts.Waits(parts));
        assertThat(reasons()).containsExactly("the record has no value");
        assertThat(flush.next()).isEqualTo(1);
    }

    @Test
    void aMessageLargerThanMemoryIsSpilledWhateverItsKeyIs() throws Exception {
        String urls =
                IntStream.range(0, 15_000)
                        .mapToObj(i -> "\"http://h.example/" + i + "xxxxxxxxxxxxxxxxxxxxxxxx\"")
                        .collect(Collectors.joining(","));
        take(null, "{\"urls\": [%s], \"dataset\": \"%s\"}".formatted(urls, Parts.SPREAD));
        assertThat(parts.letters).isEmpty();
        assertThat(parts.counters.spills()).isPositive();
        assertThat(flush.spilled()).hasSizeGreaterThan(0);
        assertThat(taken()).hasSize(15_000).doesNotHaveDuplicates();
    }

    @Test
    void whatWasSpilledAsAnInsertIsTakenBackIfItIsAnAppend() throws Exception {
        String urls =
                IntStream.range(0, 15_000)
                        .mapToObj(i -> "\"http://h.example/" + i % 7 + "xxxxxxxxxxxxxxxxxxxxxx\"")
                        .collect(Collectors.joining(","));
        take("d", "{\"dataset\": \"d\", \"urls\": [%s], \"strategy\": \"append\"}".formatted(urls));
        assertThat(taken()).hasSize(15_000);
        try (var objects = parts.store.list("urls/")) {
            assertThat(objects.map(object -> object.key()))
                    .containsExactlyInAnyOrderElementsOf(
                            parts.entries().getFirst().files().stream()
                                    .map(LandingFile::key)
                                    .toList());
        }
    }

    @Test
    void readsPackedObjects() throws Exception {
        put("a.txt", "http://a.example/\n\n  \nmailto:x\n");
        put("b", gzip(text("http://b.example/\n")));
        put("c", Zstd.compress(text("http://c.example/")));
        put(
                "d.ndjson",
                "{\"url\": \"http://d.example/\", \"extras\": {\"k\": \"v\"}}\n\"http://e.example\"\n");
        take("d", claim("text", PREFIX + "a.txt", PREFIX + "b", PREFIX + "c"));
        take("d", claim("ndjson", PREFIX + "d.ndjson"));
        assertThat(reasons()).isEmpty();
        assertThat(taken())
                .containsExactly(
                        "http://a.example/",
                        "http://b.example/",
                        "http://c.example/",
                        "http://d.example/",
                        "http://e.example/");
        assertThat(parts.entries().getFirst().tallies().getFirst().read()).isEqualTo(6);
    }

    static List<Arguments> badClaims() throws IOException {
        byte[] gz = gzip(text("http://a.example/\n".repeat(1_000)));
        byte[] zst = Zstd.compress(text("http://a.example/\n".repeat(1_000)));
        byte[] flipped = gz.clone();
        flipped[flipped.length - 6] ^= 1;
        return List.of(
                Arguments.of("text", Arrays.copyOf(gz, gz.length / 2), "cut off"),
                Arguments.of("text", flipped, "CRC-32 does not fit"),
                Arguments.of("text", Arrays.copyOf(zst, zst.length - 3), "zstd"),
                Arguments.of("text", gzip(gz), "packed twice"),
                Arguments.of("text", text("PAR1 and so on"), "this is a Parquet file"),
                Arguments.of("parquet", text("no parquet at all"), "not a Parquet file"),
                Arguments.of("parquet", new byte[0], "not a Parquet file"),
                Arguments.of("csv", text("id,address\n1,http://a.example/\n"), "column 'url'"),
                Arguments.of("csv", text("url\n\"http://a.example/\nx"), "not a CSV record"),
                Arguments.of("ndjson", text("{\"uri\": \"http://a.example/\"}"), "field 'url'"),
                Arguments.of("ndjson", text("{\"url\": 1}"), "is not a string"),
                Arguments.of("ndjson", text("[".repeat(100_000)), "expected a JSON object"),
                Arguments.of("cdx", text("com,example)/ 2024\n"), "expected a URL"),
                Arguments.of(
                        "ndjson",
                        text(
                                "{\"url\": \"a.example\", \"extras\": {\"k\": \""
                                        + "v".repeat(100)
                                        + "\"}}"),
                        "row 0: extras have at most 2 entries and 100 bytes"),
                Arguments.of(
                        "text",
                        text("http://a.example/\n".repeat(10_001)),
                        "goes beyond 10000 URLs in one batch"),
                Arguments.of(
                        "text", text("mailto:nobody\n".repeat(1_000)), "bytes of rejected URLs"));
    }

    @ParameterizedTest
    @MethodSource("badClaims")
    void anObjectThatIsNotWhatItShouldBeIsADeadLetterAsAWhole(
            String format, byte[] content, String reason) throws Exception {
        put("good", "url\nhttp://good.example/\n");
        put("bad", content);
        take("d", claim("csv", PREFIX + "good"));
        long held = flush.heldBytes();
        take("d", claim(format, PREFIX + "bad"));
        assertThat(reasons())
                .singleElement()
                .asString()
                .contains(reason)
                .doesNotContain("a.example");
        assertThat(flush.heldBytes()).isEqualTo(held);
        assertThat(flush.rejects().bytes()).isZero();
        assertThat(taken()).containsExactly("http://good.example/");
    }

    @Test
    void namesNothingThatIsNotUnderAPermittedPrefix() throws Exception {
        put("a.txt", "http://a.example/\n");
        List<String> names =
                List.of(
                        "https://user:secret@h.example/a?signature=secret",
                        "s3://raw/c4",
                        "s3://raw/c4-secret/x",
                        "s3://raw/c4/../secret/x",
                        "s3://raw/c4/./a.txt",
                        "s3://raw/c4//a.txt",
                        "s3://raw/c4/",
                        "S3://raw/c4/a.txt",
                        "s3://raw/C4/a.txt",
                        "file:///etc/secret");
        for (String name : names) {
            take("d", claim("text", PREFIX + "a.txt", name));
        }
        assertThat(reasons())
                .hasSameSizeAs(names)
                .allSatisfy(reason ->
                        assertThat(reason).startsWith("objects[1] is ").doesNotContain("secret"));
        assertThat(flush.heldBytes()).isZero();
    }

    @Test
    void anObjectThatIsNotThereOrNoObjectIsADeadLetter() throws Exception {
        Files.createDirectories(folder.resolve("sub"));
        Files.writeString(folder.resolve("sub/a.txt"), "http://a.example/");
        take("d", claim("text", PREFIX + "absent"));
        take("d", claim("parquet", PREFIX + "absent"));
        take("d", claim("text", "file:///in/sub"));
        take("d", claim("text", "file:///in/sub/a.txt/b"));
        take("d", claim("text", PREFIX + "a\\u0000b"));
        take("d", claim("text", PREFIX + "x".repeat(5_000)));
        take("d", claim("text", PREFIX + "half\\ud800"));
        take("d", claim("text", "file:///in/sub/a.txt"));
        assertThat(reasons())
                .satisfiesExactly(
                        r -> assertThat(r).isEqualTo("objects[0], absent, is not there"),
                        r -> assertThat(r).isEqualTo("objects[0], absent, is not there"),
                        r -> assertThat(r).isEqualTo("objects[0], sub, is not there"),
                        r -> assertThat(r).isEqualTo("objects[0], sub/a.txt/b, is not there"),
                        r ->
                                assertThat(r)
                                        .contains("has the character U+0000")
                                        .doesNotContain("\u0000"),
                        r -> assertThat(r).hasSizeLessThan(1_100),
                        r -> assertThat(r).contains("unpaired surrogate"));
        assertThat(taken()).containsExactly("http://a.example/");
    }

    @Test
    void anObjectThatNeedsMoreMemoryThanThereIsEndsNothing() throws Exception {
        put("a.txt", "http://a.example/");
        for (Runnable greed : List.<Runnable>of(IntakeTest::allocate, IntakeTest::recurse)) {
            UrlSink sink =
                    new UrlSink() {
                        @Override
                        public void begin(String dataset, Effect effect) {}

                        @Override
                        public void add(
                                byte[] utf8,
                                int from,
                                int to,
                                long ts,
                                Map<String, String> extras) {
                            greed.run();
                        }

                        @Override
                        public void reject(Rejection rejection, byte[] utf8, int from, int to) {}
                    };
            var claim = new Batch.Claim(List.of(PREFIX + "a.txt"), SourceFormat.TEXT, "url");
            var permitted = new PermittedSources(List.of(new SourceRoot(PREFIX, raw)));
            var reader = new ClaimReader(permitted, LIMITS, claim, sink, () -> {});
            assertThatThrownBy(reader::read)
                    .isInstanceOf(BatchRefusedException.class)
                    .hasMessageContaining("needs more memory than there is");
        }
    }

    private static void allocate() {
        assertThat(new long[Integer.MAX_VALUE]).isEmpty();
    }

    private static void recurse() {
        recurse();
        assertThat(1).isEqualTo(1);
    }

    @Test
    void whatUnpacksToALotOfNothingKeepsNobodyFromEndingIt() throws Exception {
        put("bomb", gzip(new byte[64 << 20]));
        var bytes = text(claim("text", PREFIX + "bomb"));
        var waits =
                new Parts.Waits(parts) {
                    @Override
                    public void beat(Tenure tenure) throws AbandonedException {
                        if (beats == 1) {
                            tenure.leave(Tenure.State.ENDED, "the service stops");
                        }
                        super.beat(tenure);
                    }
                };
        assertThatThrownBy(() -> parts.take(flush, 0, "d", bytes, waits))
                .isInstanceOf(AbandonedException.class)
                .hasMessageContaining("the service stops");
        assertThat(waits.beats).isEqualTo(2);
        assertThat(parts.letters).isEmpty();
        assertThat(flush.hasRecords()).isFalse();
    }

    @Test
    void waitsForASourceThatCannotBeReachedAndForgetsItWhenTheWorkIsNotItsOwn() throws Exception {
        put("a.txt", "http://a.example/");
        try (ObjectStore away =
                ObjectStores.s3(
                        new S3Settings(
                                URI.create("http://127.0.0.1:9"),
                                "us-east-1",
                                "raw",
                                "",
                                "key",
                                "secret",
                                true))) {
            var sources = List.of(new SourceRoot(PREFIX, raw), new SourceRoot("s3://away/", away));
            try (Parts far =
                    new Parts(ObjectStores.memory(), temporary, LIMITS, sources, 4, _ -> true)) {
                var bytes = text(claim("text", PREFIX + "a.txt", "s3://away/b.txt"));
                var seen = new ArrayList<String>();
                var waits =
                        new Parts.Waits(far) {
                            @Override
                            public void sleep(Tenure tenure, long millis)
                                    throws AbandonedException {
                                seen.addAll(far.conditions.all().keySet());
                                assertThat(flush.heldBytes()).isZero();
                                if (seen.size() == 2) {
                                    tenure.leave(Tenure.State.ENDED, "it went elsewhere");
                                }
                                super.sleep(tenure, millis);
                            }
                        };
                assertThatThrownBy(() -> far.take(flush, 0, "d", bytes, waits))
                        .isInstanceOf(AbandonedException.class);
                assertThat(seen).containsExactly("claim check sources", "claim check sources");
                assertThat(far.conditions.all()).isEmpty();
                assertThat(far.letters).isEmpty();
            }
        }
    }

    @Test
    void anObjectThatTheStoreRefusesForAWhileIsTakenWhenItIsHandedOut() throws Exception {
        put("a.txt", "http://a.example/");
        var refusals = new AtomicInteger(5);
        ObjectStore source = before(raw, key -> refuse(key, refusals));
        try (Parts parts = withSource(source);
                Flush refused = parts.flush(parts.tenure(0), 0)) {
            parts.take(refused, 0, "d", claim("text", PREFIX + "a.txt"));
            assertThat(parts.letters).isEmpty();
            assertThat(parts.conditions.all()).isEmpty();
            parts.commit.carryOut(refused);
            assertThat(parts.urls(parts.entries().getFirst())).containsExactly("http://a.example/");
        }
    }

    @Test
    void anObjectThatTheStoreRefusesForGoodIsADeadLetterAndTheNextOneAtOnce() throws Exception {
        put("a.txt", "http://a.example/");
        var asked = new AtomicInteger();
        ObjectStore source =
                before(
                        raw,
                        key -> {
                            asked.incrementAndGet();
                            throw new AccessDeniedException(key, "no", null);
                        });
        try (Parts parts = withSource(source);
                Flush refused = parts.flush(parts.tenure(0), 0)) {
            parts.take(refused, 0, "d", claim("text", PREFIX + "a.txt"));
            int tries = asked.get();
            assertThat(tries).isEqualTo(30);
            parts.take(refused, 1, "d", claim("text", PREFIX + "a.txt"));
            assertThat(asked).hasValue(tries + 1);
            assertThat(parts.letters)
                    .extracting(DeadLetter::reason)
                    .hasSize(2)
                    .allMatch(reason -> reason.contains("may not be read"));
            assertThat(parts.conditions.all()).isEmpty();
        }
    }

    @Test
    void anObjectThatCameDamagedIsReadASecondTime() throws Exception {
        byte[] whole = gzip(text("http://a.example/\nhttp://b.example/"));
        byte[] damaged = whole.clone();
        damaged[damaged.length - 6] ^= 1;
        put("a.gz", damaged);
        var readings = new AtomicInteger();
        ObjectStore source =
                before(
                        raw,
                        key -> {
                            if (readings.incrementAndGet() == 2) {
                                raw.put(key, ObjectBody.of(whole));
                            }
                        });
        try (Parts parts = withSource(source);
                Flush flush = parts.flush(parts.tenure(0), 0)) {
            parts.take(flush, 0, "d", claim("text", PREFIX + "a.gz"));
            assertThat(parts.letters).isEmpty();
            parts.commit.carryOut(flush);
            assertThat(parts.urls(parts.entries().getFirst()))
                    .containsExactly("http://a.example/", "http://b.example/");
        }
    }

    private Parts withSource(ObjectStore source) {
        return new Parts(
                ObjectStores.memory(),
                temporary,
                LIMITS,
                List.of(new SourceRoot(PREFIX, source)),
                4,
                _ -> true);
    }

    private static void refuse(String key, AtomicInteger times) throws AccessDeniedException {
        if (times.getAndDecrement() > 0) {
            throw new AccessDeniedException(key, "the token is expired", null);
        }
    }

    /** What happens first when an object is about to be read. */
    private interface Before {
        void call(String key) throws ObjectStoreException;
    }

    private static ObjectStore before(ObjectStore store, Before before) {
        return new StoreAround(store) {
            @Override
            public ObjectInfo head(String key) throws ObjectStoreException {
                before.call(key);
                return super.head(key);
            }
        };
    }

    @Test
    void waitsForTheLocalDiskAndGoesOn() throws Exception {
        Path absent = temporary.resolve("not-yet");
        String rejected = "\"mailto:%s\",".formatted("x".repeat(3_000)).repeat(200);
        var message =
                text(
                        "{\"dataset\": \"d\", \"urls\": [\"http://a.example/\", %s \"http://b.example/\"]}"
                                .formatted(rejected));
        try (Parts roomy = new Parts(ObjectStores.memory(), temporary);
                Flush waiting =
                        new Flush(roomy.tenure(0), 0, roomy.pool, absent.resolve("rejects"), 0)) {
            var seen = new ArrayList<String>();
            var waits =
                    new Parts.Waits(roomy) {
                        @Override
                        public void sleep(Tenure tenure, long millis) throws AbandonedException {
                            seen.addAll(roomy.conditions.all().keySet());
                            absent.toFile().mkdir();
                            super.sleep(tenure, millis);
                        }
                    };
            roomy.take(waiting, 0, "d", message, waits);
            assertThat(seen).isNotEmpty().containsOnly("local files");
            assertThat(roomy.conditions.all()).isEmpty();
            assertThat(roomy.letters).isEmpty();
            roomy.commit.carryOut(waiting);
            assertThat(roomy.urls(roomy.entries().getFirst()))
                    .containsExactly("http://a.example/", "http://b.example/");
            assertThat(roomy.entries().getFirst().tallies().getFirst().read()).isEqualTo(202);
        }
    }
}
