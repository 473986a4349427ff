package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.Version;
import dev.whence.indexer.Landings.Batch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexerRaceTest {
    @TempDir Path directory;

    @Test
    void twoIndexersPublishEachEntryOnce() throws Exception {
        var fixture = new Fixture(directory, 2);
        try (Indexer one = fixture.indexer();
                Indexer other = fixture.indexer();
                var threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 15; round++) {
                for (int partition = 0; partition < 2; partition++) {
                    fixture.landings.commit(
                            partition,
                            Batch.insert("c4", "http://a.example/" + round, "http://b.example/"),
                            Batch.append("pile", "http://a.example/" + round));
                }
                var start = new CountDownLatch(1);
                var running = new ArrayList<Future<Integer>>();
                for (Indexer indexer : new Indexer[] {one, other}) {
                    Callable<Integer> publish =
                            () -> {
                                start.await();
                                return fixture.publishAll(indexer);
                            };
                    running.add(threads.submit(publish));
                }
                start.countDown();
                for (Future<Integer> publisher : running) {
                    publisher.get();
                }
            }
        }
        fixture.assertExact();
    }

    @Test
    void theLoserDropsItsWorkAndGoesOnFromTheWinner() throws IOException {
        var fixture = new Fixture(directory, 1);
        fixture.landings.commit(0, Batch.append("c4", "http://a.example/1"));
        try (Indexer winner = fixture.indexer();
                Indexer loser =
                        fixture.indexer(
                                new BeforeFirstVersion(
                                        fixture.store, () -> fixture.publishAll(winner)),
                                Fixture.settings())) {
            assertThat(loser.publishOnce()).isInstanceOf(Outcome.Lost.class);
            fixture.assertNoOrphans();
            assertThat(loser.publishOnce()).isEqualTo(new Outcome.Idle(1));
            fixture.landings.commit(0, Batch.append("c4", "http://a.example/2"));
            assertThat(loser.publishOnce())
                    .isInstanceOfSatisfying(
                            Outcome.Published.class,
                            published ->
                                    assertThat(published.version())
                                            .extracting(Version::number)
                                            .isEqualTo(2L));
        }
        fixture.assertExact();
    }
}
