package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.access.Takedown;
import dev.whence.access.Takedown.Scope;
import dev.whence.access.TakedownState;
import dev.whence.catalog.FreshId;
import dev.whence.catalog.Instruction.Kind;
import dev.whence.catalog.InstructionLog;
import dev.whence.catalog.Strategy;
import dev.whence.catalog.Version;
import dev.whence.indexer.Landings.Batch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two indexers that publish, merge, compact, fold and purge in any order while URLs are taken down:
 * the lake comes to hold what it would if these had never come, and no version that says that
 * something is gone holds a row of it.
 */
class PurgeRandomTest {
    private static final int STEPS = 100;
    private static final Strategy[] STRATEGIES = {
        Strategy.APPEND, Strategy.INSERT, Strategy.INSERT, Strategy.UPSERT, Strategy.DELETE
    };

    @TempDir Path directory;

    private final List<Takedown> takedowns = new ArrayList<>();
    private final TreeMap<Long, NaiveLake> then = new TreeMap<>();
    private Fixture fixture;
    private Rulings rulings;
    private Random random;

    /** Merges are part of publishes, or queued and carried out beside them. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(longs = {1 << 30, 0})
    void holdsWhatIsNotTakenDown(long mergedAtOnceBytes) throws IOException {
        random = Seeded.random("PurgeRandomTest");
        fixture = new Fixture(directory, 3);
        rulings = new Rulings(fixture);
        var settings =
                Fixture.folding(
                        new MergeRunSettings(mergedAtOnceBytes, 1),
                        new CompactionSettings(16 << 10, 3, 10, 1 << 20, Duration.ZERO));
        try (Indexer one = fixture.indexer(fixture.store, settings);
                Indexer other = fixture.indexer(fixture.store, settings)) {
            for (int step = 0; step < STEPS; step++) {
                int dataset = random.nextInt(3);
                fixture.landings.commit(dataset, batch("dataset " + dataset));
                if (random.nextInt(12) == 0) {
                    takeDown();
                }
                Indexer indexer = random.nextInt(3) > 0 ? one : other;
                for (int i = random.nextInt(4); i > 0; i--) {
                    besides(indexer);
                }
                indexer.publishOnce();
                fixture.clock.tick();
                rulings.assertWhatIsGoneIsGone(takedowns);
                if (step % 25 == 24) {
                    settle(one);
                    settle(other);
                    rollBack(one);
                }
            }
            settle(one);
            System.out.printf(
                    "%d takedowns, purges: %s and %s%n",
                    takedowns.size(), one.purges(), other.purges());
            fixture.clock.advance(Duration.ofDays(3));
            one.sweepOrphans();
            assertExact();
        }
        assertThat(takedowns).isNotEmpty();
    }

    private void besides(Indexer indexer) throws IOException {
        switch (random.nextInt(5)) {
            case 0 -> indexer.compactOnce();
            case 1 -> indexer.carryOutQueued();
            case 2 -> indexer.foldOnce();
            default -> indexer.purgeOnce();
        }
    }

    private void settle(Indexer indexer) throws IOException {
        fixture.purgeAll(indexer);
        assertExact();
        then.put(fixture.newest().number(), fixture.landings.naive().copy());
        for (Takedown takedown : takedowns) {
            assertThat(rulings.state(takedown)).isNotInstanceOf(TakedownState.Masked.class);
        }
    }

    /** To one of the last versions of which it is known what it held. */
    private void rollBack(Indexer indexer) throws IOException {
        Version newest = fixture.newest();
        List<Long> readable = List.copyOf(then.tailMap(newest.oldestRetained()).keySet());
        if (readable.isEmpty() || random.nextBoolean()) {
            return;
        }
        long to = readable.get(random.nextInt(readable.size()));
        new InstructionLog(fixture.store)
                .give(
                        newest.operationsOrNone().taken(),
                        Kind.ROLLBACK,
                        to,
                        null,
                        "a test",
                        new FreshId(fixture.clock, random),
                        fixture.clock);
        indexer.publishOnce();
        fixture.landings.naive().rollBack(then.get(to), null);
        settle(indexer);
    }

    private void assertExact() throws IOException {
        try (Base newest = fixture.open(fixture.newest())) {
            fixture.landings.naive().without(rulings.inForce()).assertHeldBy(newest, fixture.store);
        }
    }

    private void takeDown() throws IOException {
        int domain = random.nextInt(25);
        int host = random.nextInt(2);
        Scope scope = Scope.values()[random.nextInt(3)];
        String value =
                switch (scope) {
                    case DOMAIN -> "d%d.example".formatted(domain);
                    case HOST -> "h%d.d%d.example".formatted(host, domain);
                    case URL_PREFIX ->
                            "h%d.d%d.example/%d".formatted(host, domain, random.nextInt(8));
                };
        if (takedowns.stream().noneMatch(known -> known.value().equals(value))) {
            takedowns.add(rulings.takeDown(scope, value));
        }
    }

    private Batch batch(String dataset) {
        if (random.nextInt(60) == 0) {
            return Batch.retraction(dataset);
        }
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
        return new Batch(dataset, STRATEGIES[random.nextInt(STRATEGIES.length)], rows);
    }
}
