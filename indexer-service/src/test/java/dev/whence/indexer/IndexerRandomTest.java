package dev.whence.indexer;

import dev.whence.catalog.Strategy;
import dev.whence.indexer.Landings.Batch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

class IndexerRandomTest {
    @TempDir Path directory;

    @Tag("slow")
    @RepeatedTest(3)
    void holdsWhatCameInWhateverTheOrderAndTheRestarts() throws IOException {
        Random random = Seeded.random("IndexerRandomTest");
        var fixture = new Fixture(directory, 3);
        fixture.landings.commit(0, batches(random));
        Indexer indexer = fixture.indexer();
        for (int step = 0; step < 40; step++) {
            for (int entries = random.nextInt(4); entries > 0; entries--) {
                fixture.landings.commit(random.nextInt(3), batches(random));
            }
            if (random.nextInt(6) == 0) {
                indexer.close();
                indexer = fixture.indexer(fixture.store, settings(random));
            }
            if (random.nextBoolean()) {
                fixture.publishAll(indexer);
            }
            if (random.nextInt(5) == 0) {
                fixture.publishAll(indexer);
                fixture.assertExact();
            }
        }
        fixture.publishAll(indexer);
        indexer.close();
        fixture.assertExact();
    }

    private static IndexerSettings settings(Random random) {
        int fanOut = 2 + random.nextInt(4);
        return Fixture.settings(
                new PublishLimits(1 + random.nextInt(5), 1 + random.nextInt(500), 1 << 20),
                fanOut,
                fanOut + random.nextInt(4));
    }

    private static Batch[] batches(Random random) {
        var batches = new Batch[1 + random.nextInt(3)];
        for (int i = 0; i < batches.length; i++) {
            List<String> urls = new ArrayList<>();
            for (int url = random.nextInt(120); url > 0; url--) {
                urls.add(url(random));
            }
            batches[i] =
                    new Batch(
                            "dataset " + random.nextInt(4),
                            random.nextInt(3) == 0 ? Strategy.APPEND : Strategy.INSERT,
                            urls);
        }
        return batches;
    }

    /** Few enough that most of them come again. */
    private static String url(Random random) {
        return "%s://h%d.d%d.example/%s"
                .formatted(
                        random.nextBoolean() ? "http" : "https",
                        random.nextInt(2),
                        random.nextInt(1 + random.nextInt(40)),
                        "p".repeat(random.nextInt(3)) + random.nextInt(5));
    }
}
