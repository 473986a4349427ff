package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.access.AccessChain;
import dev.whence.catalog.CommitLog;
import dev.whence.catalog.InstructionLog;
import dev.whence.indexer.Landings.Batch;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {
    private static final int PARTITIONS = 20;

    @TempDir Path directory;

    /** No read of a partition's next entry is answered until ten are asked. */
    @Test
    void readsTheNextEntriesOfManyPartitionsSideBySide() throws IOException {
        var fixture = new Fixture(directory, PARTITIONS);
        var ten = new CyclicBarrier(10);
        ObjectStore slow =
                WatchedStore.of(
                        fixture.store,
                        (method, key) -> {
                            if (key.startsWith("ingest/log/")) {
                                ten.await(20, TimeUnit.SECONDS);
                            }
                        },
                        WatchedStore.Watch.NONE);
        try (Base base = Base.empty()) {
            assertThat(planner(slow).plan(base).isEmpty()).isTrue();
        }
    }

    @Test
    void plansTheSameEntriesInTheSameOrderEachTime() throws IOException {
        var fixture = new Fixture(directory, PARTITIONS);
        for (int entry = 0; entry < 50; entry++) {
            int partition = entry * 7 % PARTITIONS;
            fixture.landings.commit(partition, Batch.append("c4", "http://a.example/" + entry));
        }
        try (Base base = Base.empty()) {
            Plan plan = planner(fixture.store).plan(base);
            assertThat(plan.entries())
                    .hasSize(30)
                    .isSortedAccordingTo((a, b) -> a.committedAt().compareTo(b.committedAt()));
            assertThat(plan.waiting()).isPositive();
            for (int again = 0; again < 5; again++) {
                assertThat(planner(fixture.store).plan(base)).isEqualTo(plan);
            }
        }
    }

    private static Planner planner(ObjectStore store) {
        return new Planner(
                new CommitLog(store),
                new InstructionLog(store),
                new FollowedRules(new AccessChain(store)),
                new PublishLimits(30, 1_000_000, 1L << 30),
                Duration.ofHours(24),
                new TestClock(Instant.EPOCH));
    }
}
