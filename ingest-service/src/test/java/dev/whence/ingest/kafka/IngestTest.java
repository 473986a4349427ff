package dev.whence.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import dev.whence.catalog.DatasetTally;
import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.Strategy;
import dev.whence.lake.UrlRow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class IngestTest {
    private Rig rig;

    @BeforeEach
    void start() throws IOException {
        rig = new Rig(1);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void commitsTheRowsOfABatch() throws IOException {
        rig.send(
                "c4",
                """
                {"dataset": "c4", "strategy": "insert", "urls": [
                  "https://www.Example.com/a",
                  {"url": "https://example.org/b", "ts": "2024-06-14T00:00:00Z", "extras": {"lang": "en"}},
                  "https://www.example.com/a"]}
                """);
        rig.start(rig.settings(), rig.store);
        rig.awaitCommitted(0, 1);

        List<UrlRow> rows = rig.rows(0, "c4");
        assertThat(rows)
                .extracting(UrlRow::url)
                .containsExactly("https://www.example.com/a", "https://example.org/b");
        assertThat(rows.getFirst().tsMicros()).isEqualTo(UrlRow.NO_TS);
        assertThat(rows.getLast().tsMicros()).isEqualTo(1_718_323_200_000_000L);
        assertThat(rows.getLast().extras()).containsExactly(Map.entry("lang", "en"));

        LogEntry entry = rig.entries(0).getFirst();
        assertThat(entry.tallies()).containsExactly(new DatasetTally(0, 3, 3, Map.of()));
        assertThat(entry.deadLetters()).isZero();
        assertThat(entry.rejectsFile()).isNull();
        LandingFile file = entry.files().getFirst();
        assertThat(file.firstDomain()).isEqualTo("example.com");
        assertThat(file.lastDomain()).isEqualTo("example.org");
        assertThat(file.rows()).isEqualTo(2);
        assertThat(rig.store.head(file.key()).bytes()).isEqualTo(file.bytes());
        assertThat(file.key())
                .startsWith("urls/dataset_id=0/domain_prefix=__HIVE_DEFAULT_PARTITION__/landing-");
    }

    @Test
    void oneFlushHoldsTheBatchesOfManyDatasets() throws IOException {
        int datasets = 12;
        for (int batch = 0; batch < 3; batch++) {
            for (int dataset = 0; dataset < datasets; dataset++) {
                String name = "set-" + dataset;
                String url = "http://h%d.example/%d".formatted(batch, dataset);
                rig.queue(0, name, Rig.insert(name, List.of(url)));
            }
        }
        rig.send("set-0", "{\"dataset\": \"set-0\", \"urls\": []}");
        rig.start(rig.settings(), rig.store);
        rig.awaitCommitted(0, 3L * datasets + 1);

        assertThat(rig.entries(0)).hasSizeLessThan(10);
        assertThat(rig.entries(0).getFirst().files())
                .extracting(LandingFile::datasetId)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(1);
        for (int dataset = 0; dataset < datasets; dataset++) {
            assertThat(rig.urls(0, "set-" + dataset))
                    .containsExactlyInAnyOrder(
                            "http://h0.example/" + dataset,
                            "http://h1.example/" + dataset,
                            "http://h2.example/" + dataset);
        }
    }

    @Test
    void aChangeOfStrategyBeginsANewFile() throws IOException {
        String batch =
                "{\"urls\": [\"http://a.example/\", \"http://a.example/\"], \"strategy\": \"%s\", \"dataset\": \"d\"}";
        rig.send("d", batch.formatted("insert"));
        rig.send("d", batch.formatted("append"));
        rig.send("d", batch.formatted("append"));
        rig.send("d", batch.formatted("insert"));
        rig.start(rig.settings(), rig.store);
        rig.awaitCommitted(0, 4);

        // Whatever flushes the batches fell into, files in order do what the batches did in theirs.
        List<LandingFile> files = rig.files(0);
        assertThat(files.getFirst().strategy()).isEqualTo(Strategy.INSERT);
        assertThat(files.getLast().strategy()).isEqualTo(Strategy.INSERT);
        assertThat(files.getFirst().rows()).isEqualTo(1);
        assertThat(
                        files.stream()
                                .filter(file -> file.strategy() == Strategy.APPEND)
                                .mapToLong(LandingFile::rows)
                                .sum())
                .isEqualTo(4);
    }

    @Test
    void fieldsComeInAnyOrder() throws IOException {
        rig.send(
                "any key",
                "{\"urls\": [\"http://x.example/\", \"http://x.example/\"], \"strategy\": \"append\", \"dataset\": \"spread-one\"}");
        rig.send(null, "{\"urls\": [\"http://y.example/\"], \"dataset\": \"spread-one\"}");
        rig.start(rig.settings(), rig.store);
        rig.awaitCommitted(0, 2);
        assertThat(rig.urls(0, "spread-one"))
                .containsExactly("http://x.example/", "http://x.example/", "http://y.example/");
    }

    @Test
    void badBatchesAreDeadLettersWithTheirReasons() throws IOException {
        Map<String, String> reasonOf = new HashMap<>();
        reasonOf.put("", "a batch is a JSON object");
        reasonOf.put("not json", "not JSON at byte");
        reasonOf.put("[]", "a batch is a JSON object");
        reasonOf.put("{\"dataset\": \"d\", \"urls\": []} x", "not JSON at byte");
        reasonOf.put("{\"dataset\": \"d\", \"urls\": []} {}", "something follows");
        reasonOf.put("{\"dataset\": \"d\", \"urls\": [\"http://a.example/\"", "not JSON at byte");
        reasonOf.put("{\"urls\": [\"http://a.example/\"]}", "'dataset' is missing");
        reasonOf.put("{\"dataset\": \"d\"}", "neither 'urls' nor 'objects'");
        reasonOf.put(
                "{\"dataset\": \"d\", \"urls\": [], \"objects\": [\"s3://x/y\"], \"format\": \"text\"}",
                "not both");
        reasonOf.put("{\"dataset\": \"d\", \"urlz\": []}", "unknown field 'urlz'");
        reasonOf.put(
                "{\"dataset\": \"d\", \"dataset\": \"d\", \"urls\": []}",
                "'dataset' stands there twice");
        reasonOf.put("{\"dataset\": 7, \"urls\": []}", "'dataset' is a string");
        reasonOf.put("{\"dataset\": \"e\", \"urls\": []}", "key is 'd'");
        reasonOf.put(
                "{\"dataset\": \"d\", \"strategy\": \"full_merge\", \"rewrite_mode\": \"incremental\", \"urls\": []}",
                "'incremental' does not go with 'full_merge'");
        reasonOf.put(
                "{\"dataset\": \"d\", \"strategy\": \"delete\", \"all\": true}",
                "there is no dataset 'd' to be retracted");
        reasonOf.put(
                "{\"dataset\": \"d\", \"strategy\": \"instert\", \"urls\": []}",
                "no strategy 'instert'");
        reasonOf.put(
                "{\"dataset\": \"d\", \"rewrite_mode\": \"incremental\", \"urls\": []}",
                "'incremental' does not go with 'insert'");
        reasonOf.put(
                "{\"dataset\": \"d\", \"dedup_order_by\": \"ts\", \"urls\": []}",
                "'dedup_order_by' goes with");
        reasonOf.put("{\"dataset\": \"d\", \"part\": 1, \"urls\": []}", "need a 'batch_id'");
        reasonOf.put(
                "{\"dataset\": \"d\", \"urls\": [\"http://a.example/\", 7]}",
                "urls[1] is a string");
        reasonOf.put(
                "{\"dataset\": \"d\", \"urls\": [{\"uri\": \"http://a.example/\"}]}",
                "urls[0]: unknown field 'uri'");
        reasonOf.put(
                "{\"dataset\": \"d\", \"urls\": [{\"ts\": \"2024-06-14T00:00:00Z\"}]}",
                "urls[0]: field 'url' is missing");
        reasonOf.put(
                "{\"dataset\": \"d\", \"urls\": [{\"url\": \"http://a.example/\", \"ts\": \"yesterday\"}]}",
                "urls[0]: field 'ts' is an ISO 8601");
        reasonOf.put(
                "{\"dataset\": \"d\", \"urls\": [{\"url\": \"http://a.example/\", \"extras\": {\"n\": 1}}]}",
                "extras 'n' is a string");
        reasonOf.put(
                "{\"dataset\": \"d\", \"urls\": [[[[[[[[[[[[]]]]]]]]]]]]}", "urls[0] is a string");
        reasonOf.put(
                "{\"dataset\": \"d\", \"objects\": [\"s3://elsewhere/x\"], \"format\": \"text\"}",
                "under none of the prefixes");
        reasonOf.put("{\"dataset\": \"d\", \"objects\": [\"s3://x/y\"]}", "'format' is missing");
        reasonOf.put(
                "{\"dataset\": \"d\", \"objects\": [\"s3://x/y\"], \"format\": \"xlsx\"}",
                "no format 'xlsx'");
        reasonOf.put("{\"dataset\": \" d\", \"urls\": []}", "begins and ends with no white space");

        var batches = new ArrayList<>(reasonOf.keySet());
        batches.forEach(batch -> rig.send("d", batch));
        rig.send(null, "{\"dataset\": \"d\", \"urls\": []}");
        rig.send("d", null);
        rig.send("d", Rig.insert("d", List.of("http://good.example/")));
        rig.start(rig.settings(), rig.store);
        rig.awaitCommitted(0, batches.size() + 3);

        List<ConsumerRecord<byte[], byte[]>> letters = rig.deadLetters(batches.size() + 2);
        assertThat(letters).hasSize(batches.size() + 2);
        for (int i = 0; i < batches.size(); i++) {
            ConsumerRecord<byte[], byte[]> letter = letters.get(i);
            String batch = batches.get(i);
            assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo(batch);
            assertThat(new String(letter.key(), StandardCharsets.UTF_8)).isEqualTo("d");
            assertThat(Rig.header(letter, KafkaDeadLetters.REASON))
                    .as(batch)
                    .contains(reasonOf.get(batch));
            assertThat(Rig.header(letter, KafkaDeadLetters.ORIGIN_TOPIC)).isEqualTo(rig.topic);
            assertThat(Rig.header(letter, KafkaDeadLetters.ORIGIN_PARTITION)).isEqualTo("0");
            assertThat(Rig.header(letter, KafkaDeadLetters.ORIGIN_OFFSET)).isEqualTo("" + i);
            assertThat(Rig.header(letter, KafkaDeadLetters.ID))
                    .isEqualTo(rig.topicId() + ":0:" + i);
        }
        assertThat(Rig.header(letters.get(batches.size()), KafkaDeadLetters.REASON))
                .contains("key is null or not UTF-8");
        assertThat(Rig.header(letters.get(batches.size() + 1), KafkaDeadLetters.REASON))
                .contains("no value");
        assertThat(rig.urls(0, "d")).containsExactly("http://good.example/");
        assertThat(rig.entries(0).stream().mapToLong(LogEntry::deadLetters).sum())
                .isEqualTo(batches.size() + 2);
    }

    @Test
    void urlsThatAreNotTakenGoToTheRejectsFile() throws IOException {
        String tooLong = "http://long.example/" + "x".repeat(20_000);
        rig.send(
                "d",
                Rig.insert(
                        "d",
                        List.of(
                                "http://good.example/",
                                "mailto:a@b.example",
                                "",
                                "http://\\ud800.example/",
                                tooLong)));
        rig.send("d", "{\"dataset\": \"d\", \"urls\": [\"mailto:dead@letter.example\", 1]}");
        rig.start(rig.settings(), rig.store);
        rig.awaitCommitted(0, 2);

        var lines = new ArrayList<String>();
        var rejected = new HashMap<String, Long>();
        for (LogEntry entry : rig.entries(0)) {
            if (entry.rejectsFile() != null) {
                assertThat(entry.rejectsFile())
                        .startsWith("ingest/rejects/" + rig.topicId() + "/0/");
                byte[] content = rig.store.get(entry.rejectsFile());
                try (var zstd = new ZstdInputStream(new ByteArrayInputStream(content))) {
                    new String(zstd.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .forEach(lines::add);
                }
            }
            entry.tallies().forEach(tally -> rejected.putAll(tally.rejected()));
        }
        assertThat(lines).hasSize(4);
        assertThat(lines.getFirst())
                .isEqualTo(
                        "{\"offset\":0,\"dataset\":\"d\",\"reason\":\"unsupported-scheme\",\"url\":\"mailto:a@b.example\"}");
        assertThat(lines.getLast()).contains("too-long").hasSizeBetween(2_048, 2_200);
        assertThat(rejected)
                .containsOnlyKeys("unsupported-scheme", "empty", "not-utf8", "too-long");
        assertThat(rig.urls(0, "d")).containsExactly("http://good.example/");
    }
}
