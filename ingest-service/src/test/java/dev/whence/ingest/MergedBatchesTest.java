package dev.whence.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.BatchFileName;
import dev.whence.catalog.BatchPart;
import dev.whence.catalog.Effect;
import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.LoggedMerge;
import dev.whence.catalog.RewriteMode;
import dev.whence.catalog.Strategy;
import dev.whence.store.ObjectStores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches that change rows: how they stand in an entry. */
class MergedBatchesTest {
    @TempDir Path temporary;

    private Parts parts;
    private Flush flush;
    private long offset;

    @BeforeEach
    void open() {
        parts =
                new Parts(
                        ObjectStores.memory(),
                        temporary,
                        BatchLimits.DEFAULT,
                        List.of(),
                        4,
                        _ -> true);
        flush = parts.flush(parts.tenure(0), 0);
    }

    @AfterEach
    void close() throws Exception {
        flush.close();
        parts.close();
    }

    private void take(String dataset, String strategy, String fields, String... urls)
            throws Exception {
        parts.take(
                flush,
                offset++,
                dataset,
                "{\"dataset\": \"%s\", \"strategy\": \"%s\", %s \"urls\": [\"%s\"]}"
                        .formatted(dataset, strategy, fields, String.join("\", \"", urls)));
    }

    private void retract(String dataset) throws Exception {
        parts.take(
                flush,
                offset++,
                dataset,
                "{\"dataset\": \"%s\", \"strategy\": \"delete\", \"all\": true}"
                        .formatted(dataset));
    }

    private LogEntry commit() throws Exception {
        parts.commit.carryOut(flush);
        assertThat(parts.letters).isEmpty();
        return parts.entries().getFirst();
    }

    private static Effect effect(Strategy strategy) {
        return Effect.of(strategy);
    }

    /** The steps of an entry in the order in which they take effect. */
    private List<String> steps(LogEntry entry) throws Exception {
        var steps = new ArrayList<String>();
        int next = 0;
        for (LoggedMerge merge : entry.mergesInOrder()) {
            for (; next < merge.after(); next++) {
                steps.add(step(entry.files().get(next)));
            }
            steps.add(merge.effect().strategy().text());
            for (LandingFile source : merge.sources()) {
                steps.add("from " + step(source));
            }
        }
        for (; next < entry.files().size(); next++) {
            steps.add(step(entry.files().get(next)));
        }
        return steps;
    }

    private String step(LandingFile file) throws Exception {
        return file.strategy().text() + " " + parts.urls(file);
    }

    @Test
    void whatChangesRowsStandsBetweenTheFilesThatAreAdded() throws Exception {
        take("d", "insert", "", "http://a.example/1");
        take("d", "upsert", "", "http://a.example/2");
        take("d", "delete", "", "http://a.example/1");
        take("d", "append", "", "http://a.example/3");
        take("d", "update", "\"rewrite_mode\": \"incremental\",", "http://a.example/3");

        LogEntry entry = commit();
        assertThat(steps(entry))
                .containsExactly(
                        "insert [http://a.example/1]",
                        "upsert",
                        "from upsert [http://a.example/2]",
                        "delete",
                        "from delete [http://a.example/1]",
                        "append [http://a.example/3]",
                        "update",
                        "from update [http://a.example/3]");
        assertThat(entry.mergesInOrder().getLast().effect())
                .isEqualTo(new Effect(Strategy.UPDATE, RewriteMode.INCREMENTAL, null, null, false));
        assertThat(entry.files()).allMatch(file -> file.key().startsWith("urls/"));
        for (LoggedMerge merge : entry.mergesInOrder()) {
            for (LandingFile source : merge.sources()) {
                assertThat(BatchFileName.of(source.key()))
                        .contains(new BatchFileName(Parts.PARTITION, 0));
            }
        }
    }

    @Test
    void batchesThatDoTheSameTogetherShareAFileThatKeepsTheOrderOfEqualUrls() throws Exception {
        take("d", "upsert", "", "http://a.example/2", "http://a.example/1", "http://a.example/2");
        take("e", "insert", "", "http://e.example/");
        take("d", "upsert", "", "http://a.example/2");
        take("d", "upsert", "\"rewrite_mode\": \"full\",", "http://a.example/4");

        assertThat(steps(commit()))
                .containsExactly(
                        "upsert",
                        "from upsert [http://a.example/1, http://a.example/2, http://a.example/2, http://a.example/2]",
                        "insert [http://e.example/]",
                        "upsert",
                        "from upsert [http://a.example/4]");
    }

    @Test
    void eachBatchThatLooksAtItsWholeSourceStandsAlone() throws Exception {
        take("d", "full_merge", "", "http://a.example/1");
        take("d", "full_merge", "", "http://a.example/2");
        take("d", "deduplicate", "\"batch_id\": \"b\", \"part\": 0,", "http://a.example/3");
        take(
                "d",
                "deduplicate",
                "\"batch_id\": \"b\", \"part\": 1, \"last\": true,",
                "http://a.example/4");

        LogEntry entry = commit();
        assertThat(entry.mergesInOrder())
                .extracting(LoggedMerge::effect)
                .containsExactly(
                        effect(Strategy.FULL_MERGE),
                        effect(Strategy.FULL_MERGE),
                        new Effect(
                                Strategy.DEDUPLICATE,
                                RewriteMode.AUTO,
                                null,
                                new BatchPart("b", 0, false),
                                false),
                        new Effect(
                                Strategy.DEDUPLICATE,
                                RewriteMode.AUTO,
                                null,
                                new BatchPart("b", 1, true),
                                false));
        assertThat(entry.mergesInOrder()).allMatch(merge -> merge.sources().size() == 1);
    }

    @Test
    void aRetractionAndAPartWithoutAUrlStandInTheEntryAndAnUpsertWithoutOneDoesNot()
            throws Exception {
        take("d", "insert", "", "http://a.example/1");
        retract("d");
        take("d", "upsert", "", "mailto:nobody@a.example");
        take("d", "insert", "", "http://a.example/2");
        take(
                "d",
                "full_merge",
                "\"batch_id\": \"b\", \"part\": 0, \"last\": true,",
                "mailto:nobody@a.example");

        LogEntry entry = commit();
        assertThat(steps(entry))
                .containsExactly(
                        "insert [http://a.example/1]",
                        "delete",
                        "insert [http://a.example/2]",
                        "full_merge");
        assertThat(entry.mergesInOrder().getFirst().effect()).isEqualTo(Effect.retraction());
        assertThat(entry.tallies().getFirst().read()).isEqualTo(4);
    }

    @Test
    void aDatasetThatIsSpreadTakesOnlyWhatHasNoOrder() throws Exception {
        take(Parts.SPREAD, "append", "", "http://a.example/1");
        take(Parts.SPREAD, "upsert", "", "http://a.example/1");
        retract(Parts.SPREAD);
        assertThat(parts.letters)
                .extracting(DeadLetter::reason)
                .containsExactly(
                        "strategy 'upsert' does not go with 'spread-one', which is spread: its batches have no order, so it takes append and insert only",
                        "strategy 'delete' does not go with 'spread-one', which is spread: its batches have no order, so it takes append and insert only");
    }

    @Test
    void aSourceLargerThanMemoryIsOneMergeOfSeveralFiles() throws Exception {
        String urls =
                IntStream.range(0, 15_000)
                        .mapToObj(i -> "\"http://h.example/" + i + "xxxxxxxxxxxxxxxxxxxxxxxx\"")
                        .collect(Collectors.joining(","));
        // What it is stands behind its URLs: what was spilled as an insert is taken back.
        parts.take(
                flush,
                offset++,
                "d",
                "{\"dataset\": \"d\", \"urls\": [%s], \"strategy\": \"full_merge\"}"
                        .formatted(urls));
        LogEntry entry = commit();
        assertThat(parts.counters.spills()).isPositive();
        assertThat(entry.files()).isEmpty();
        assertThat(entry.mergesInOrder()).hasSize(1);
        assertThat(entry.mergesInOrder().getFirst().sources()).hasSizeGreaterThan(1);
        assertThat(entry.mergesInOrder().getFirst().rows()).isEqualTo(15_000);
        try (var objects = parts.store.list("urls/")) {
            assertThat(objects).isEmpty();
        }
    }
}
