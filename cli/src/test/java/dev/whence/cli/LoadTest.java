package dev.whence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.whence.cli.load.BatchTopic;
import dev.whence.cli.place.ExitCode;
import dev.whence.embedded.EmbeddedKafka;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class LoadTest {
    private static final int PARTITIONS = 4;

    @TempDir static Path brokerDirectory;

    private static EmbeddedKafka kafka;

    @TempDir Path directory;

    @BeforeAll
    static void start() throws IOException {
        kafka = EmbeddedKafka.start(brokerDirectory, 0);
        kafka.createTopic(BatchTopic.NAME, PARTITIONS, Map.of());
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void sendsFilesOfSeveralFormatsUnderTheDatasetsName() throws IOException {
        Path text = Files.writeString(directory.resolve("a.txt"), "http://a/1\nhttp://a/2\n");
        Path csv = Files.writeString(directory.resolve("b.csv"), "n,link\n1,http://b/1\n");
        String dataset = freshName();
        Run run = load(dataset, text.toString(), "--strategy", "append");
        assertThat(run).isEqualTo(new Run(0, "sent 2\n", ""));
        assertThat(load(dataset, csv.toString(), "--url-column", "link").out())
                .isEqualTo("sent 1\n");
        List<JsonNode> batches = batchesOf(dataset);
        assertThat(batches).hasSize(2);
        assertThat(batches.getFirst().path("strategy").asText()).isEqualTo("append");
        assertThat(batches.getLast().path("strategy").asText()).isEqualTo("insert");
        assertThat(urls(batches)).containsExactly("http://a/1", "http://a/2", "http://b/1");
    }

    @Test
    void sendsManyRowsInOrderAndInMessagesThatTheBrokerTakes() throws IOException {
        List<String> expected =
                IntStream.range(0, 60_000)
                        .mapToObj(at -> "https://example.org/page/" + at)
                        .toList();
        Path file = Files.write(directory.resolve("many"), expected);
        String dataset = freshName();
        assertThat(load(dataset, file.toString()).out()).isEqualTo("sent 60,000\n");
        List<JsonNode> batches = batchesOf(dataset);
        assertThat(batches).hasSizeGreaterThan(2);
        assertThat(urls(batches)).isEqualTo(expected);
    }

    @Test
    void saysHowManyRowsHadNoUrl() throws IOException {
        Path first =
                Files.writeString(
                        directory.resolve("a.ndjson"),
                        "{\"url\":\"http://a/\"}\n\n{\"url\":null}\n{\"id\":1}\n");
        Path second = Files.writeString(directory.resolve("b.csv"), "url\n\" \"\nhttp://b/\n");
        String dataset = freshName();
        assertThat(load(dataset, first.toString(), second.toString()))
                .isEqualTo(
                        new Run(
                                0,
                                "sent 2\nskipped 3 (without a URL 3, the first at %s: line 3)\n"
                                        .formatted(first),
                                ""));
        assertThat(urls(batchesOf(dataset))).containsExactly("http://a/", "http://b/");
    }

    @Test
    void readsStandardInput() throws IOException {
        String dataset = freshName();
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("\"http://a/\"\n".getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(load(dataset, "-", "--format", "ndjson").out()).isEqualTo("sent 1\n");
        } finally {
            System.setIn(before);
        }
        assertThat(urls(batchesOf(dataset))).containsExactly("http://a/");
    }

    @Test
    void sendsWhatStandsBeforeAMalformedPlaceAndNamesIt() throws IOException {
        Path file =
                Files.writeString(
                        directory.resolve("x.ndjson"),
                        "\"http://a/\"\n\"\"\n\"http://b/\"\nsecret\n");
        String dataset = freshName();
        Run run = load(dataset, file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.MALFORMED.code());
        assertThat(run.err())
                .contains(file + ": line 4: not JSON")
                .contains("The 2 rows before that were sent")
                .doesNotContain("secret");
        assertThat(run.out())
                .isEqualTo(
                        "skipped 1 (without a URL 1, the first at %s: line 2)\n".formatted(file));
        assertThat(urls(batchesOf(dataset))).containsExactly("http://a/", "http://b/");
    }

    @Test
    void sendsNothingWhenTheCommandLineIsWrong() throws IOException {
        Path file = Files.writeString(directory.resolve("a.txt"), "http://a/\n");
        for (String[] wrong :
                new String[][] {
                    {"d", file.toString(), "none.txt"},
                    {"d", file.toString(), directory.toString()},
                    {"d", file.toString(), "--format", "xml"},
                    {"d", file.toString(), "--strategy", "inject"},
                    {" d", file.toString()},
                    {"d", file.toString(), "--timeout", "0"},
                    {"d", file.toString(), "--timeout", "604801"},
                    {"d", file.toString(), "--timeout", "9223372036854775807"},
                    {"d", "-", "--format", "parquet"},
                    {"d"}
                }) {
            Run run = load(wrong);
            assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USAGE.code());
        }
        assertThat(load("d", directory.toString()).err())
                .isEqualTo(
                        "whence: " + directory + ": this is a directory; name the files in it\n");
        assertThat(batchesOf("d")).isEmpty();
    }

    @Test
    void sendsASourceThatMustBeWholeInPartsOfWhichOneIsTheLast() throws IOException {
        Path a = Files.writeString(directory.resolve("a.txt"), "http://a/\n");
        Path b = Files.writeString(directory.resolve("b.txt"), "http://b/\n");
        String dataset = freshName();
        load(dataset, a.toString(), b.toString(), "--strategy", "full_merge");
        List<JsonNode> batches = batchesOf(dataset);
        assertThat(batches)
                .extracting(batch -> batch.path("part").asInt())
                .containsExactly(0, 1, 2);
        assertThat(batches)
                .extracting(batch -> batch.has("last"))
                .containsExactly(false, false, true);
        assertThat(batches).extracting(batch -> batch.path("batch_id").asText()).doesNotContain("");
        assertThat(batches.stream().map(batch -> batch.path("batch_id").asText()).distinct())
                .hasSize(1);
        assertThat(urls(batches)).containsExactly("http://a/", "http://b/");

        String deleted = freshName();
        load(deleted, a.toString(), "--strategy", "delete");
        assertThat(batchesOf(deleted))
                .singleElement()
                .satisfies(batch -> assertThat(batch.has("batch_id")).isFalse());
    }

    @Test
    void aMalformedFileLeavesASourceThatIsNeverWhole() throws IOException {
        Path good = Files.writeString(directory.resolve("a.txt"), "http://a/\n");
        Path bad = Files.writeString(directory.resolve("b.ndjson"), "{\"url\": 1}\n");
        String dataset = freshName();
        Run run = load(dataset, good.toString(), bad.toString(), "--strategy", "full_merge");
        assertThat(run.exitCode()).isEqualTo(ExitCode.MALFORMED.code());
        assertThat(batchesOf(dataset)).noneMatch(batch -> batch.has("last"));
    }

    @Test
    void waitsForTheVersionThatHoldsEveryOffsetAndSaysWhatBecameOfTheRows() throws Exception {
        Path file = Files.writeString(directory.resolve("a.txt"), "http://a/\nnone:\nhttp://b/\n");
        String dataset = freshName();
        try (CannedServer server = new CannedServer()) {
            server.answer("/v1/versions?limit=1", "{\"served\": 4, \"versions\": []}");
            Thread publisher =
                    Thread.ofVirtual()
                            .start(() -> {
                                await(server, 2);
                                publish(server, dataset, 3);
                            });
            Run run = load(dataset, file.toString(), "--wait", "--server", server.url());
            publisher.join();
            assertThat(run.err()).isEmpty();
            assertThat(run.lines())
                    .containsExactly(
                            "sent     3",
                            "accepted 2",
                            "rejected 1 (unsupported-scheme 1)",
                            "new      1",
                            "version  6");
            assertThat(run.exitCode()).isZero();
        }
    }

    @Test
    void waitsUntilTheBatchesAreMerged() throws Exception {
        Path file = Files.writeString(directory.resolve("a.txt"), "http://a/\n");
        String dataset = freshName();
        try (CannedServer server = new CannedServer()) {
            load(dataset, file.toString());
            String queued =
                    "{\"number\": 5, \"served\": true, \"log_positions\": [%s], \"queued\": [{\"dataset_id\": 1, \"name\": \"%s\", \"since\": 5}]}"
                            .formatted(positions(), dataset);
            server.answer(
                    "/v1/versions?limit=1",
                    "{\"served\": 5, \"versions\": [%s]}".formatted(queued));
            Thread publisher =
                    Thread.ofVirtual()
                            .start(() -> {
                                await(server, 3);
                                publish(server, dataset, 3);
                            });
            Run run =
                    load(
                            dataset,
                            file.toString(),
                            "--strategy",
                            "upsert",
                            "--wait",
                            "--server",
                            server.url());
            publisher.join();
            assertThat(run.lines()).contains("version  6");
        }
    }

    @Test
    void failsWhenRowsWereInBatchesThatCouldNotBeTaken() throws Exception {
        Path file = Files.writeString(directory.resolve("a.txt"), "a\nb\nc\nd\n");
        String dataset = freshName();
        try (CannedServer server = new CannedServer()) {
            server.answer("/v1/versions?limit=1", "{\"served\": 4, \"versions\": []}");
            Thread publisher =
                    Thread.ofVirtual()
                            .start(() -> {
                                await(server, 2);
                                publish(server, dataset, 3);
                            });
            Run run = load(dataset, file.toString(), "--wait", "--server", server.url());
            publisher.join();
            assertThat(run.exitCode()).isEqualTo(ExitCode.DEAD_LETTERS.code());
            assertThat(run.err()).contains("1 rows were in batches that could not be taken");
        }
    }

    @Test
    void saysThatRowsAreSafeWhenNoVersionServesThemInTime() throws IOException {
        Path file = Files.writeString(directory.resolve("a.txt"), "http://a/\n");
        try (CannedServer server = new CannedServer()) {
            server.answer("/v1/versions?limit=1", "{\"served\": 0, \"versions\": []}");
            Run run =
                    load(
                            freshName(),
                            file.toString(),
                            "--wait",
                            "--timeout",
                            "1",
                            "--server",
                            server.url());
            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED.code());
            assertThat(run.err()).contains("do not send them again");
        }
    }

    @Test
    void saysThatThereIsNoTopic(@TempDir Path empty) throws IOException {
        Path file = Files.writeString(directory.resolve("a.txt"), "http://a/\n");
        try (EmbeddedKafka bare = EmbeddedKafka.start(empty, 0)) {
            Run run = Run.of("load", "d", file.toString(), "--kafka", bare.bootstrapServers());
            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED.code());
            assertThat(run.err()).contains("has no topic whence.url-batches");
        }
    }

    private static Run load(String... arguments) {
        var all = new ArrayList<>(List.of("load"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--kafka", kafka.bootstrapServers()));
        return Run.of(all.toArray(String[]::new));
    }

    /** Two versions later, everything that Kafka has is served. */
    private static void publish(CannedServer server, String dataset, long read) {
        String six =
                """
                {"number": 6, "served": true, "log_positions": [%s], "changes": [
                  {"dataset_id": 1, "name": "%s", "read": %d, "accepted": 1, "rejected": {}, "added": 1, "removed": 0}]}\
                """
                        .formatted(positions(), dataset, read - 2);
        String five =
                """
                {"number": 5, "served": false, "changes": [
                  {"dataset_id": 0, "name": "other", "read": 70, "accepted": 70, "rejected": {"empty": 9}, "added": 70, "removed": 0},
                  {"dataset_id": 1, "name": "%s", "read": 2, "accepted": 1, "rejected": {"unsupported-scheme": 1}, "added": 0, "removed": 0}]}\
                """
                        .formatted(dataset);
        String four =
                """
                {"number": 4, "changes": [{"dataset_id": 1, "name": "%s", "read": 1000, "accepted": 1000, "rejected": {}, "added": 1000}]}\
                """
                        .formatted(dataset);
        server.answer(
                "/v1/versions?limit=100&after=7",
                "{\"versions\": [%s], \"next_after\": 6}".formatted(six));
        server.answer(
                "/v1/versions?limit=100&after=6",
                "{\"versions\": [%s, %s], \"next_after\": 4}".formatted(five, four));
        server.answer("/v1/versions?limit=1", "{\"served\": 6, \"versions\": [%s]}".formatted(six));
    }

    private static String positions() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            String topicId =
                    admin.describeTopics(List.of(BatchTopic.NAME))
                            .allTopicNames()
                            .get()
                            .get(BatchTopic.NAME)
                            .topicId()
                            .toString();
            return String.join(
                    ", ",
                    IntStream.range(0, PARTITIONS)
                            .mapToObj(partition ->
                                    "{\"topic_id\": \"%s\", \"partition\": %d, \"next_offset\": 1000000}"
                                            .formatted(topicId, partition))
                            .toList());
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Until the command has asked so often: it then waits for what is to come. */
    private static void await(CannedServer server, int questions) {
        while (server.asked().size() < questions) {
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
    }

    private static List<JsonNode> batchesOf(String dataset) throws IOException {
        var batches = new ArrayList<JsonNode>();
        try (var consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    IntStream.range(0, PARTITIONS)
                            .mapToObj(partition -> new TopicPartition(BatchTopic.NAME, partition))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(at -> consumer.position(at) < ends.get(at))) {
                for (ConsumerRecord<String, byte[]> found : consumer.poll(Duration.ofMillis(200))) {
                    if (found.key().equals(dataset)) {
                        batches.add(new JsonMapper().readTree(found.value()));
                    }
                }
            }
        }
        return batches;
    }

    private static List<String> urls(List<JsonNode> batches) {
        var urls = new ArrayList<String>();
        for (JsonNode batch : batches) {
            batch.path("urls").forEach(url -> urls.add(url.asText()));
        }
        return urls;
    }

    private static String freshName() {
        return "dataset-" + UUID.randomUUID();
    }
}
