package dev.whence.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.DatasetRegistry;
import dev.whence.catalog.DatasetTally;
import dev.whence.catalog.LandingFile;
import dev.whence.ingest.FlushLimits;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ClaimCheckTest {
    private static final int SPILLED_ROWS = 60_000;

    private Rig rig;

    @BeforeEach
    void start() throws IOException {
        rig = new Rig(1);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void put(String key, String content) throws ObjectStoreException {
        rig.raw.put(key, ObjectBody.of(content.getBytes(StandardCharsets.UTF_8)));
    }

    private String claim(String format, String... names) {
        return "{\"dataset\": \"d\", \"objects\": [%s], \"format\": \"%s\"}"
                .formatted(
                        List.of(names).stream()
                                .map(name -> '"' + rig.rawPrefix() + name + '"')
                                .collect(Collectors.joining(", ")),
                        format);
    }

    @Test
    void readsTheObjectsThatABatchNames() throws IOException {
        put("a.txt", "http://a.example/1\nhttp://a.example/2\n");
        put("b/c.csv", "id,url\n7,http://b.example/\n8,nonsense:x\n");
        rig.send("d", claim("text", "a.txt"));
        rig.send("d", claim("csv", "b/c.csv"));
        rig.start(rig.settings(), rig.store);
        rig.awaitCommitted(0, 2);
        assertThat(rig.urls(0, "d"))
                .containsExactlyInAnyOrder(
                        "http://a.example/1", "http://a.example/2", "http://b.example/");
    }

    @Test
    void countsRowsWithoutAUrlAsRejected() throws IOException {
        put("rows.ndjson", "{\"url\": \"http://a.example/\"}\n{\"url\": null}\n{\"text\": 1}\n");
        rig.send("d", claim("ndjson", "rows.ndjson"));
        rig.start(rig.settings(), rig.store);
        rig.awaitCommitted(0, 1);
        DatasetTally tally = rig.entries(0).getFirst().tallies().getFirst();
        assertThat(tally.accepted()).isEqualTo(1);
        assertThat(tally.rejected()).isEqualTo(Map.of("empty", 2L));
    }

    @Test
    void aBatchWithABadObjectIsADeadLetterAsAWhole() throws IOException {
        put("good.txt", "http://good.example/\n");
        put("bad.ndjson", "{\"url\": \"http://half.example/\"}\n{\"url\": ");
        put("secret/x.txt", "http://secret.example/\n");
        List<String> batches =
                List.of(
                        claim("text", "good.txt", "absent.txt"),
                        claim("ndjson", "bad.ndjson"),
                        claim("text", "a/../secret/x.txt"),
                        claim("text", "../other/x.txt"),
                        claim("text", "./secret/x.txt"),
                        claim("text", "//x.txt"),
                        claim("text", "%2e%2e/secret/x.txt"),
                        claim("text", "good.txt").replace("s3://", "S3://"),
                        claim("text", "good.txt").replace("s3://", "file://"),
                        claim("text", "good.txt").replace("s3://raw/", "s3://raw@elsewhere/"),
                        claim("text", "a\\\\b.txt"),
                        claim("text", ""));
        batches.forEach(batch -> rig.send("d", batch));
        rig.send("d", claim("text", "good.txt"));
        rig.start(rig.settings(), rig.store);
        rig.awaitCommitted(0, batches.size() + 1);

        assertThat(rig.deadLetters(batches.size()))
                .extracting(letter -> new String(letter.value(), StandardCharsets.UTF_8))
                .containsExactlyElementsOf(batches);
        assertThat(rig.urls(0, "d")).containsExactly("http://good.example/");
        assertThat(rig.entries(0).getFirst().deadLetters() + rig.entries(0).getLast().deadLetters())
                .isGreaterThanOrEqualTo(batches.size());
    }

    private static String manyUrls() {
        return IntStream.range(0, SPILLED_ROWS)
                .mapToObj(i -> "http://h%d.example/%d".formatted(i % 97, i))
                .collect(Collectors.joining("\n"));
    }

    private static FlushLimits tinyMemory() {
        return new FlushLimits(1 << 20, Duration.ofMillis(100), 1 << 20);
    }

    @Test
    void aBatchLargerThanMemorySpillsIntoSeveralFilesOfOneEntry() throws IOException {
        put("many.txt", manyUrls());
        rig.send("d", Rig.insert("d", List.of("http://before.example/")));
        rig.send("d", claim("text", "many.txt"));
        rig.send("d", Rig.insert("d", List.of("http://after.example/")));
        Ingest ingest = rig.start(rig.settings(tinyMemory()), rig.store);
        rig.awaitCommitted(0, 3);

        assertThat(ingest.counters().spills()).isPositive();
        assertThat(rig.entries(0))
                .anySatisfy(entry -> {
                    assertThat(entry.slot()).isEqualTo(1);
                    assertThat(entry.nextOffset()).isEqualTo(2);
                    assertThat(entry.files()).hasSizeGreaterThan(1);
                });
        assertThat(rig.urls(0, "d")).hasSize(SPILLED_ROWS + 2).doesNotHaveDuplicates();
        assertThat(ingest.bufferedBytes()).isZero();
    }

    @Test
    void aBatchThatTurnsOutBadAfterASpillLeavesNothing() throws IOException {
        put("many.txt", manyUrls());
        rig.send("d", claim("text", "many.txt", "absent.txt"));
        rig.send("d", Rig.insert("d", List.of("http://after.example/")));
        Ingest ingest = rig.start(rig.settings(tinyMemory()), rig.store);
        rig.awaitCommitted(0, 2);

        assertThat(ingest.counters().spills()).isPositive();
        assertThat(rig.urls(0, "d")).containsExactly("http://after.example/");
        try (var files = rig.store.list("urls/")) {
            assertThat(files.map(file -> file.key()))
                    .containsExactlyElementsOf(
                            rig.files(0).stream().map(LandingFile::key).toList());
        }
        assertThat(new DatasetRegistry(rig.store, Clock.systemUTC()).all()).hasSize(1);
    }
}
