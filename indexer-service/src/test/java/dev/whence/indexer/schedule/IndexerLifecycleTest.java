package dev.whence.indexer.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.BlockName;
import dev.whence.catalog.CommitLog;
import dev.whence.catalog.DatasetRegistry;
import dev.whence.catalog.DatasetTally;
import dev.whence.catalog.FreshId;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.LogPartition;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class IndexerLifecycleTest {
    @TempDir Path directory;

    /** The interval between two sweeps is an hour: it is the first that must find the orphan. */
    @Test
    @Timeout(60)
    void sweepsForTheFirstTimeWhenThereIsAVersion() throws Exception {
        try (ObjectStore store = ObjectStores.directory(directory.resolve("store"))) {
            var ids = new FreshId(Clock.systemUTC(), new Random());
            String orphan = BlockName.key(BlockName.id(1, ids.next()), "files");
            store.put(orphan, ObjectBody.of(new byte[1]));
            IndexerLifecycle lifecycle = lifecycle();
            lifecycle.start(new StartupEvent());
            try {
                while (!lifecycle.publishing().hasAttempted()) {
                    Thread.sleep(20);
                }
                assertThat(lifecycle.version()).isZero();
                commit(store, ids.next());
                while (keys(store).contains(orphan)) {
                    Thread.sleep(20);
                }
                assertThat(lifecycle.version()).isEqualTo(1);
                assertThat(keys(store)).as("the version's own blocks").isNotEmpty();
            } finally {
                lifecycle.stop(new ShutdownEvent());
            }
        }
    }

    /** One look for orphans goes well, and so did all attempts; nothing is due. */
    @Test
    @Timeout(60)
    void countsRunsThatDeleteAndShowsSinceWhenTheyFail() throws Exception {
        var metrics = new SimpleMeterRegistry();
        IndexerLifecycle lifecycle = Lifecycles.in(directory, Map.of(), metrics);
        try (ObjectStore store = ObjectStores.directory(directory.resolve("store"))) {
            commit(store, new FreshId(Clock.systemUTC(), new Random()).next());
            lifecycle.start(new StartupEvent());
            try {
                for (String run : List.of("retire", "sweep")) {
                    var done =
                            metrics.counter("whence.indexer." + run + ".runs", "outcome", "done");
                    while (done.count() == 0) {
                        Thread.sleep(20);
                    }
                }
                assertThat(metrics.get("whence.indexer.retire.overdue.seconds").gauge().value())
                        .isZero();
                for (String work : List.of("publish", "retire", "orphan-sweep", "purge")) {
                    var failing = metrics.get("whence.indexer.failing.seconds").tag("work", work);
                    assertThat(failing.gauge().value()).as(work).isZero();
                }
            } finally {
                lifecycle.stop(new ShutdownEvent());
            }
        }
    }

    @Test
    void endsBeforeThereIsAVersion() throws IOException {
        IndexerLifecycle lifecycle = lifecycle();
        lifecycle.start(new StartupEvent());
        lifecycle.stop(new ShutdownEvent());
        assertThat(lifecycle.version()).isZero();
    }

    private static void commit(ObjectStore store, String writer) throws IOException {
        int dataset = new DatasetRegistry(store, Clock.systemUTC()).register("c4", false).id();
        var log = new CommitLog(store);
        log.register("topic", "whence.url-batches", 1);
        log.append(
                new LogEntry(
                        new LogPartition("topic", 0),
                        0,
                        1,
                        Clock.systemUTC().instant(),
                        writer,
                        List.of(),
                        List.of(new DatasetTally(dataset, 1, 0, Map.of("no_host", 1L))),
                        0,
                        null));
    }

    private static List<String> keys(ObjectStore store) throws IOException {
        try (Stream<ObjectInfo> objects = store.list(BlockName.ROOT)) {
            return objects.map(ObjectInfo::key).toList();
        }
    }

    private IndexerLifecycle lifecycle() {
        return Lifecycles.in(
                directory,
                Map.of(
                        "whence.indexer.orphan-interval",
                        "PT1H",
                        "whence.indexer.orphan-safety-age",
                        "PT0S"),
                new SimpleMeterRegistry());
    }
}
