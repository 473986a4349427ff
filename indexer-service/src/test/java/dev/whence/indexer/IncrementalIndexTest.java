package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.FreshId;
import dev.whence.catalog.Instruction.Kind;
import dev.whence.catalog.InstructionLog;
import dev.whence.catalog.Strategy;
import dev.whence.catalog.Version;
import dev.whence.index.DatasetCount;
import dev.whence.index.GenerationWriter;
import dev.whence.index.IndexSnapshot;
import dev.whence.index.LakeFile;
import dev.whence.index.SegmentWriter;
import dev.whence.indexer.Landings.Batch;
import dev.whence.lake.UrlFile;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An index that was published step by step, whatever the steps, is the one that is built from
 * nothing over the same lake; and no ordinal ever changes.
 */
class IncrementalIndexTest {
    private static final int PUBLISHES = 200;
    private static final int DATASETS = 4;

    @TempDir Path directory;

    private final Map<String, Integer> ordinals = new HashMap<>();
    private final List<Long> published = new ArrayList<>();
    private Fixture fixture;
    private long foldsTaken;
    private Random random;

    @Tag("slow")
    @Test
    void isTheIndexThatIsBuiltFromNothing() throws IOException {
        random = Seeded.random("IncrementalIndexTest");
        fixture = new Fixture(directory, 1);
        Indexer indexer = indexer();
        long instructions = 0;
        while (published.size() < PUBLISHES) {
            if (random.nextInt(3) == 0) {
                fold(indexer);
            }
            switch (random.nextInt(8)) {
                case 0 -> indexer.compactOnce();
                case 1, 2 -> indexer.carryOutQueued();
                case 3 -> {
                    if (random.nextInt(4) == 0 && !published.isEmpty()) {
                        instruct(++instructions);
                    }
                }
                case 4 -> {
                    if (random.nextInt(5) == 0) {
                        foldsTaken += indexer.folds().taken();
                        indexer.close();
                        indexer = indexer();
                    }
                }
                default -> fixture.landings.commitUnnoticed(0, batch());
            }
            publish(indexer);
        }
        foldsTaken += indexer.folds().taken();
        indexer.close();
        assertThat(foldsTaken).as("folds that versions took in").isGreaterThan(20);
        assertEqualsFull();
    }

    /**
     * Folds a stack, or both, or each in several places; what is published next may take it in, and
     * is now and then an instruction, which does not.
     */
    private void fold(Indexer indexer) throws IOException {
        for (int folds = 1 + random.nextInt(3); folds > 0; folds--) {
            indexer.foldOnce();
        }
    }

    private void publish(Indexer indexer) throws IOException {
        fixture.clock.tick();
        if (indexer.publishOnce() instanceof Outcome.Published(var version, var report)) {
            published.add(version.number());
            try (Base base = fixture.open(version)) {
                ordinals.forEach((domain, ordinal) ->
                        assertThat(base.snapshot().ordinalOf(domain)).isEqualTo(ordinal));
                for (int at = 0; at < base.snapshot().domains(); at++) {
                    ordinals.putIfAbsent(base.snapshot().domain(at), at);
                }
                assertThat(ordinals).hasSize(base.snapshot().domains());
            }
            if (published.size() % 40 == 0) {
                assertEqualsFull();
            }
        }
    }

    /** Builds the index of the live files from nothing, and compares all that it says. */
    private void assertEqualsFull() throws IOException {
        try (Base newest = fixture.open(fixture.newest())) {
            List<LakeFile> files = newest.snapshot().files().toList();
            var counts = new TreeMap<String, Map<Integer, Long>>();
            for (LakeFile file : files) {
                UrlFile.open(fixture.store, file.key())
                        .domainRuns(run ->
                                counts.computeIfAbsent(run.domain(), _ -> new TreeMap<>())
                                        .merge(file.datasetId(), run.rows(), Long::sum));
            }
            try (IndexSnapshot full = build(files, counts)) {
                assertThat(newest.snapshot().check()).isEmpty();
                for (String domain : ordinals.keySet()) {
                    assertThat(datasetsOf(domain, newest.snapshot()))
                            .as(domain)
                            .isEqualTo(datasetsOf(domain, full));
                    for (int dataset = 0; dataset < DATASETS; dataset++) {
                        assertThat(newest.snapshot().postings(dataset, domain))
                                .isEqualTo(full.postings(dataset, domain));
                    }
                }
                for (int dataset = 0; dataset < DATASETS; dataset++) {
                    assertThat(newest.snapshot().files(dataset)).isEqualTo(full.files(dataset));
                }
                List<Integer> datasets = List.of(0, 1, 2, 3);
                assertThat(newest.snapshot().sets().overlap(datasets))
                        .isDeepEqualTo(full.sets().overlap(datasets));
                assertThat(newest.counts().domains()).isEqualTo(counts.size());
            }
        }
    }

    private IndexSnapshot build(List<LakeFile> files, Map<String, Map<Integer, Long>> counts)
            throws IOException {
        UrlProfile profile = UrlProfile.current();
        Path generation = Files.createTempDirectory(directory, "full").resolve("generation");
        List<String> domains = List.copyOf(counts.keySet());
        GenerationWriter.write(generation, profile, 0, domains);
        var writer = new SegmentWriter(profile);
        files.forEach(writer::addFile);
        for (int ordinal = 0; ordinal < domains.size(); ordinal++) {
            int at = ordinal;
            counts.get(domains.get(at))
                    .forEach((dataset, rows) -> {
                        writer.change(at, dataset, rows);
                        writer.gain(at, dataset);
                    });
        }
        Path segment = generation.resolveSibling("segment");
        writer.write(segment);
        return IndexSnapshot.open(List.of(generation), List.of(segment));
    }

    private static List<DatasetCount> datasetsOf(String domain, IndexSnapshot snapshot) {
        int ordinal = snapshot.ordinalOf(domain);
        return ordinal < 0 ? List.of() : snapshot.datasetsOf(ordinal);
    }

    private Indexer indexer() throws IOException {
        var settings =
                Fixture.folding(
                        new MergeRunSettings(random.nextBoolean() ? 0 : 1 << 30, 1),
                        new CompactionSettings(16 << 10, 3, 10, 1 << 20, Duration.ZERO));
        return fixture.indexer(fixture.store, settings);
    }

    /** Back to one of the last versions, or forward again. */
    private void instruct(long number) throws IOException {
        Version newest = fixture.newest();
        var rollbacks = newest.operationsOrNone().rollbacks();
        boolean replay = !rollbacks.isEmpty() && random.nextBoolean();
        long version =
                replay
                        ? rollbacks.getLast().version()
                        : Math.max(1, newest.number() - random.nextInt(8));
        new InstructionLog(fixture.store)
                .give(
                        number - 1,
                        replay ? Kind.REPLAY : Kind.ROLLBACK,
                        version,
                        random.nextBoolean() ? null : random.nextInt(DATASETS),
                        "a test",
                        new FreshId(fixture.clock, random),
                        fixture.clock);
    }

    private Batch batch() {
        String dataset = "d" + random.nextInt(DATASETS);
        Strategy[] strategies = {
            Strategy.APPEND,
            Strategy.INSERT,
            Strategy.INSERT,
            Strategy.UPSERT,
            Strategy.DELETE,
            Strategy.UPDATE
        };
        if (random.nextInt(40) == 0) {
            return Batch.retraction(dataset);
        }
        var urls = new ArrayList<String>();
        for (int i = 1 + random.nextInt(20); i > 0; i--) {
            urls.add(
                    "http://h%d.d%d.example/%d %d"
                            .formatted(
                                    random.nextInt(2),
                                    random.nextInt(1 + random.nextInt(60)),
                                    random.nextInt(5),
                                    random.nextInt(4)));
        }
        return new Batch(dataset, strategies[random.nextInt(strategies.length)], urls);
    }
}
