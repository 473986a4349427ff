package dev.whence.indexer.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.Strategy;
import dev.whence.catalog.VersionChain;
import dev.whence.indexer.Fixture;
import dev.whence.indexer.Landings.Batch;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The threads that put files together and fold blocks beside the one that publishes, as they run in
 * the service.
 */
@Tag("slow")
class CompactionLifecycleTest {
    private static final int MOST_FILES = 10;
    private static final int MOST_BLOCKS = 36;
    private static final int PAUSE_MILLIS = 20;

    /** Landing files have about two kilobytes: a run takes thirty of them. */
    private static final Map<String, String> SMALL =
            Map.of(
                    "whence.indexer.compaction.interval", "PT0.05S",
                    "whence.indexer.compaction.publish-interval", "PT0.05S",
                    "whence.indexer.compaction.file-bytes", "16384",
                    "whence.indexer.compaction.run-bytes", "65536",
                    "whence.indexer.compaction.fan-out", "3",
                    "whence.indexer.compaction.most-files", Integer.toString(MOST_FILES));

    @TempDir Path directory;

    private ObjectStore store;
    private Fixture fixture;
    private int flushes;
    private long committed;

    @BeforeEach
    void open() throws IOException {
        store = ObjectStores.directory(directory.resolve("store"));
        fixture = new Fixture(directory, store, 1);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    @Timeout(300)
    void putsFilesTogetherWhilePublishesGoOnAndAfterAStopInItsMidst() throws Exception {
        runs(lifecycle -> {
            for (int round = 0; round < 4; round++) {
                flush(30);
                settle();
            }
            while (!compactsNow()) {
                flush(1);
            }
        });
        List<String> live = fixture.liveKeys();
        assertThat(fixture.keys("urls/")).as("what the stopped one was about").containsAll(live);
        runs(lifecycle -> {
            flush(60);
            settle();
        });
        fixture.assertExact();
    }

    private interface Work {
        void run(IndexerLifecycle lifecycle) throws Exception;
    }

    /**
     * Starts the service, works, stops it, and sees that its threads have done what they should.
     */
    private void runs(Work work) throws Exception {
        MeterRegistry metrics = new SimpleMeterRegistry();
        IndexerLifecycle lifecycle = Lifecycles.in(directory, SMALL, metrics);
        lifecycle.start(new StartupEvent());
        try {
            work.run(lifecycle);
            assertThat(lifecycle.workers())
                    .as("threads that failed")
                    .noneMatch(worker -> worker.isLost() || worker.failure() != null);
            double taken =
                    metrics.get("whence.indexer.compaction.groups")
                            .tag("fate", "taken")
                            .functionCounter()
                            .count();
            assertThat(taken).as("groups of files that came into a version").isPositive();
            double folds =
                    metrics.get("whence.indexer.folds")
                            .tag("fate", "taken")
                            .functionCounter()
                            .count();
            assertThat(folds).as("folds that came into a version").isPositive();
            assertThat(metrics.get("whence.indexer.stack.blocks").gauges())
                    .hasSize(2)
                    .allMatch(blocks -> blocks.value() >= 1 && blocks.value() <= MOST_BLOCKS);
        } finally {
            lifecycle.stop(new ShutdownEvent());
        }
    }

    /** Files of a domain that all hold and of one that few do, now and then over what is there. */
    private void flush(int count) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            int n = flushes++;
            Batch batch =
                    switch (n % 12) {
                        case 5 ->
                                Batch.of(
                                        "c4",
                                        Strategy.UPSERT,
                                        "http://a.example/%d %d".formatted(n / 2, n),
                                        "http://a.example/%d %d".formatted(n, n));
                        case 11 ->
                                Batch.of(
                                        "c4",
                                        Strategy.DELETE,
                                        "http://a.example/" + (n - 1),
                                        "http://d%d.example/".formatted(n % 17));
                        default ->
                                Batch.insert(
                                        "c4",
                                        "http://a.example/" + n,
                                        "http://d%d.example/".formatted(n % 17),
                                        "http://d%d.example/%d".formatted(n % 17, n % 5));
                    };
            committed = fixture.landings.commit(0, batch).nextOffset();
            if (n % 3 == 0) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    /** Waits until all is published and no more than ten files hold a domain; then all is exact. */
    private void settle() throws IOException, InterruptedException {
        while (publishedUpTo() < committed || fixture.filesWith("c4", "a.example") > MOST_FILES) {
            Thread.sleep(PAUSE_MILLIS);
        }
        fixture.assertExact();
        assertThat(fixture.filesWith("c4", "a.example")).isLessThanOrEqualTo(MOST_FILES);
    }

    private long publishedUpTo() throws IOException {
        return new VersionChain(store)
                .latestFrom(0)
                .map(version -> version.positions().getFirst().nextOffset())
                .orElse(0L);
    }

    /** Whether there is a compacted file that no version has had. */
    private boolean compactsNow() throws IOException {
        var compacted = new HashSet<>(fixture.keys("urls/"));
        compacted.removeIf(key -> !key.contains("/compacted-"));
        compacted.removeAll(fixture.liveKeys());
        long newest = fixture.newest().number();
        for (long number = 1; number <= newest && !compacted.isEmpty(); number++) {
            compacted.removeAll(new VersionChain(store).read(number).orElseThrow().superseded());
        }
        return !compacted.isEmpty();
    }
}
