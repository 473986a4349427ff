package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.Strategy;
import dev.whence.indexer.Landings.Batch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two indexers that publish and compact in any order, and what the lake must hold whatever they do.
 */
class CompactionRandomTest {
    private static final Strategy[] STRATEGIES = {
        Strategy.APPEND, Strategy.INSERT, Strategy.INSERT, Strategy.UPSERT, Strategy.DELETE
    };

    @TempDir Path directory;

    /** Merges are part of publishes, or queued and carried out beside publishes and compactions. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(longs = {1 << 30, 0})
    void changesNoAnswerWheneverFilesArePutTogether(long mergedAtOnceBytes) throws IOException {
        Random random = Seeded.random("CompactionRandomTest");
        var fixture = new Fixture(directory, 3);
        var settings =
                CompactionTest.settings(
                        new CompactionSettings(
                                (4 + random.nextInt(40)) << 10, 3, 10, 1 << 20, Duration.ZERO),
                        new MergeRunSettings(mergedAtOnceBytes, 1));
        long taken = 0;
        long dropped = 0;
        try (Indexer one = fixture.indexer(fixture.store, settings);
                Indexer other = fixture.indexer(fixture.store, settings)) {
            for (int step = 0; step < 140; step++) {
                int dataset = random.nextInt(3);
                fixture.landings.commit(dataset, batch("dataset " + dataset, random));
                Indexer indexer = random.nextInt(3) > 0 ? one : other;
                if (random.nextInt(3) == 0) {
                    indexer.carryOutQueued();
                }
                switch (random.nextInt(4)) {
                    case 0 -> indexer.compactOnce();
                    case 1 -> {
                        indexer.compactOnce();
                        indexer.publishOnce();
                    }
                    default -> indexer.publishOnce();
                }
                fixture.clock.tick();
                if (step % 20 == 19) {
                    fixture.publishAll(one);
                    fixture.publishAll(other);
                    fixture.assertExact();
                }
            }
            taken = one.compactions().taken() + other.compactions().taken();
            dropped = one.compactions().dropped() + other.compactions().dropped();
            fixture.clock.advance(Duration.ofDays(3));
            one.sweepOrphans();
            fixture.assertExact();
        }
        System.out.printf("%d compactions were taken in, %d dropped%n", taken, dropped);
        assertThat(taken).isPositive();
    }

    private static Batch batch(String dataset, Random random) {
        if (random.nextInt(60) == 0) {
            return Batch.retraction(dataset);
        }
        return new Batch(dataset, STRATEGIES[random.nextInt(STRATEGIES.length)], rows(random));
    }

    private static List<String> rows(Random random) {
        var rows = new ArrayList<String>();
        for (int row = 1 + random.nextInt(30); row > 0; row--) {
            String url =
                    "http://h%d.d%d.example/%d"
                            .formatted(
                                    random.nextInt(2),
                                    random.nextInt(1 + random.nextInt(25)),
                                    random.nextInt(8));
            rows.add(random.nextInt(5) == 0 ? url : url + " " + random.nextInt(4));
        }
        return rows;
    }
}
