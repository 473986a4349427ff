package dev.whence.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.Effect;
import dev.whence.catalog.LandingFile;
import dev.whence.catalog.Strategy;
import dev.whence.store.ObjectStores;
import dev.whence.url.Rejection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlushTest {
    @TempDir Path temporary;

    private Parts parts;
    private Flush flush;

    @BeforeEach
    void open() {
        parts = new Parts(ObjectStores.memory(), temporary);
        flush = parts.flush(parts.tenure(7), 7);
    }

    @AfterEach
    void close() throws Exception {
        flush.close();
        parts.close();
    }

    private void take(long offset, String dataset, String strategy, String... urls)
            throws Exception {
        parts.take(
                flush,
                offset,
                dataset,
                "{\"dataset\": \"%s\", \"strategy\": \"%s\", \"urls\": [\"%s\"]}"
                        .formatted(dataset, strategy, String.join("\", \"", urls)));
    }

    private List<LandingFile> write() throws Exception {
        return parts.landing.write(flush, _ -> {}).stream().map(Flush.GroupFile::file).toList();
    }

    @Test
    void isEmptyUntilARecordIsWhollyInIt() throws Exception {
        assertThat(flush.hasRecords()).isFalse();
        assertThat(flush.next()).isEqualTo(7);
        var limits = new FlushLimits(1 << 20, Duration.ofMillis(10), 1 << 20);
        assertThat(flush.isDue(limits, Long.MAX_VALUE)).isFalse();
        take(9, "d", "insert", "http://a.example/");
        assertThat(flush.hasRecords()).isTrue();
        assertThat(flush.next()).isEqualTo(10);
        assertThat(flush.isDue(limits, 9_999_999)).isFalse();
        assertThat(flush.isDue(limits, 10_000_000)).isTrue();
    }

    @Test
    void aDeadLetterIsARecordToo() throws Exception {
        parts.take(flush, 7, "d", "damaged");
        assertThat(flush.hasRecords()).isTrue();
        assertThat(flush.deadLetters()).isEqualTo(1);
        assertThat(write()).isEmpty();
    }

    @Test
    void filesFollowOneAnotherAsTheBatchesDid() throws Exception {
        take(7, "d", "insert", "http://a.example/1", "http://a.example/1");
        take(8, "e", "append", "http://e.example/");
        take(9, "d", "insert", "http://a.example/2");
        take(10, "d", "append", "http://a.example/3", "http://a.example/3");
        take(11, "e", "append", "http://e.example/");
        take(12, "d", "insert", "http://a.example/4");

        List<LandingFile> files = write();
        assertThat(files)
                .extracting(file -> file.datasetId() + " " + file.strategy().text())
                .containsExactly("0 insert", "1 append", "0 append", "0 insert");
        assertThat(parts.urls(files.get(0)))
                .containsExactly("http://a.example/1", "http://a.example/2");
        assertThat(parts.urls(files.get(1)))
                .containsExactly("http://e.example/", "http://e.example/");
        assertThat(parts.urls(files.get(2)))
                .containsExactly("http://a.example/3", "http://a.example/3");
        assertThat(parts.urls(files.get(3))).containsExactly("http://a.example/4");
    }

    @Test
    void aBatchThatIsRefusedLeavesNothing() throws Exception {
        take(7, "d", "insert", "http://a.example/1", "mailto:a@b.example");
        long held = flush.heldBytes();
        long rejects = flush.rejects().bytes();
        parts.take(
                flush,
                8,
                "e",
                "{\"dataset\": \"e\", \"urls\": [\"http://e.example/\", \"mailto:e@e.example\", 7]}");
        assertThat(flush.heldBytes()).isEqualTo(held);
        assertThat(flush.rejects().bytes()).isEqualTo(rejects);
        assertThat(flush.tallies()).containsOnlyKeys("d");
        // The group that the refused batch made is gone: its number is given again.
        assertThat(flush.groupOf("f", Effect.of(Strategy.INSERT))).isEqualTo(1);
        take(9, "d", "insert", "http://a.example/2");
        assertThat(flush.tallies().get("d").read()).isEqualTo(3);
        assertThat(flush.tallies().get("d").rejected())
                .containsOnlyKeys(Rejection.UNSUPPORTED_SCHEME);
        assertThat(parts.letters).hasSize(1);
    }

    @Test
    void isFullByBytesAndByFiles() throws Exception {
        var limits = new FlushLimits(2L * FlushLimits.CHUNK_BYTES, Duration.ofSeconds(1), 1L << 30);
        take(7, "d", "insert", "http://a.example/" + "x".repeat(10_000));
        assertThat(flush.isFull(limits)).isFalse();
        for (int i = 0; i < 30; i++) {
            take(8 + i, "d", "insert", "http://a.example/" + i + "x".repeat(10_000));
        }
        assertThat(flush.isFull(limits)).isTrue();

        try (Flush many = parts.flush(parts.tenure(0), 0)) {
            for (int dataset = 0; dataset < FlushLimits.MAX_GROUPS; dataset++) {
                assertThat(many.isFull(limits)).isFalse();
                many.groupOf("set-" + dataset, Effect.of(Strategy.INSERT));
            }
            assertThat(many.isFull(limits)).isTrue();
        }
    }

    @Test
    void givesItsMemoryAndItsFileBack() throws Exception {
        take(7, "d", "insert", "http://a.example/1", "mailto:a@b.example");
        assertThat(parts.pool.usedBytes()).isPositive();
        parts.landing.writeRejects(flush, _ -> {});
        assertThat(parts.localFiles()).hasSize(1);
        flush.close();
        assertThat(parts.pool.usedBytes()).isZero();
        assertThat(parts.localFiles()).isEmpty();
    }
}
