package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.catalog.BatchPart;
import dev.whence.catalog.Effect;
import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.LoggedMerge;
import dev.whence.catalog.RefusedBatch;
import dev.whence.catalog.RewriteMode;
import dev.whence.catalog.Strategy;
import dev.whence.catalog.Version;
import dev.whence.catalog.WaitingPart;
import dev.whence.indexer.Landings.Batch;
import dev.whence.store.ObjectNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that come in parts and act once. */
class WaitingPartsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir Path directory;

    private static WaitingPart part(String batchId, long number, boolean last, String key) {
        var source = new LandingFile(key, 7, Strategy.FULL_MERGE, 1, 2, "a", "b", 3);
        return new WaitingPart(
                new LoggedMerge(
                        7,
                        new Effect(
                                Strategy.FULL_MERGE,
                                last ? RewriteMode.FULL : RewriteMode.AUTO,
                                null,
                                new BatchPart(batchId, number, last),
                                false),
                        0,
                        List.of(source)),
                NOON.plusSeconds(number));
    }

    private static List<String> keys(LoggedMerge merge) {
        return merge.sources().stream().map(LandingFile::key).toList();
    }

    @Test
    void aSourceIsWholeOnceItsLastPartAndAllBeforeItAreIn() {
        var waiting = new WaitingSources(List.of(part("b", 0, false, "b0")));
        assertThat(waiting.add(part("c", 0, false, "c0"))).isEmpty();
        assertThat(waiting.add(part("b", 2, true, "b2"))).isEmpty();
        assertThat(waiting.parts()).hasSize(3);

        LoggedMerge whole = waiting.add(part("b", 1, false, "b1")).orElseThrow();
        assertThat(keys(whole)).containsExactly("b0", "b1", "b2");
        assertThat(whole.effect())
                .isEqualTo(new Effect(Strategy.FULL_MERGE, RewriteMode.FULL, null, null, false));
        assertThat(waiting.parts()).extracting(part -> keys(part.merge())).hasSize(1);
        assertThat(waiting.dropped()).isEmpty();
        assertThat(keys(waiting.add(part("d", 0, true, "d0")).orElseThrow())).containsExactly("d0");
    }

    @Test
    void aPartThatIsSentAgainTakesThePlaceOfTheFirst() {
        var waiting = new WaitingSources(List.of());
        assertThat(waiting.add(part("b", 0, false, "first"))).isEmpty();
        assertThat(waiting.add(part("b", 0, false, "again"))).isEmpty();
        assertThat(keys(waiting.add(part("b", 1, true, "last")).orElseThrow()))
                .containsExactly("again", "last");
        assertThat(waiting.dropped()).containsExactly("first");
    }

    @Test
    void aSourceExpiresByItsNewestPart() {
        var parts = List.of(part("b", 0, false, "b0"), part("b", 60, false, "b60"));
        assertThat(WaitingSources.anyOverdue(parts, NOON.plusSeconds(59))).isFalse();
        assertThat(WaitingSources.anyOverdue(parts, NOON.plusSeconds(60))).isTrue();

        var waiting = new WaitingSources(parts);
        assertThat(waiting.expire(NOON.plusSeconds(59))).isEmpty();
        assertThat(waiting.expire(NOON.plusSeconds(60)))
                .containsExactly(
                        new RefusedBatch(
                                Strategy.FULL_MERGE,
                                "b",
                                "expired: 2 parts came, the newest at 2026-01-01T12:01:00Z, and part 1 is missing"));
        assertThat(waiting.parts()).isEmpty();
        assertThat(waiting.dropped()).containsExactlyInAnyOrder("b0", "b60");
    }

    @Test
    void waitingPartsChangeNothingOutliveTheirIndexerAndExpireVisibly() throws IOException {
        var fixture = new Fixture(directory, 1);
        LogEntry first =
                fixture.landings.commit(
                        0,
                        Batch.insert("c4", "http://a.example/1"),
                        Batch.part("c4", Strategy.FULL_MERGE, 0, false, "http://b.example/"));
        try (Indexer indexer = fixture.indexer()) {
            fixture.publishAll(indexer);
        }
        fixture.assertExact();
        String key = first.mergesInOrder().getFirst().sources().getFirst().key();
        try (Indexer indexer = fixture.indexer()) {
            fixture.clock.advance(Duration.ofHours(12));
            fixture.landings.commit(0, Batch.insert("pile", "http://a.example/1"));
            fixture.publishAll(indexer);
            assertThat(indexer.partsWaiting()).isEqualTo(1);
            indexer.sweepOrphans();
            assertThat(fixture.keys("ingest/batches/")).containsExactly(key);

            fixture.clock.advance(Duration.ofHours(13));
            assertThat(fixture.publishAll(indexer)).isEqualTo(1);
            assertThat(indexer.partsWaiting()).isZero();
            Version expired = fixture.newest();
            assertThat(expired.superseded()).contains(key);
            assertThat(expired.changes()).hasSize(1);
            assertThat(expired.changes().getFirst().refusedBatches())
                    .extracting(RefusedBatch::batchId)
                    .containsExactly("nightly");
            assertThat(fixture.publishAll(indexer)).isZero();
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void nothingExpiresWhileTheLogIsNotReadToItsEnd() throws IOException {
        var fixture = new Fixture(directory, 1);
        fixture.landings.commit(
                0, Batch.part("c4", Strategy.DEDUPLICATE, 0, false, "http://b.example/"));
        fixture.landings.commit(0, Batch.insert("pile", "http://a.example/1"));
        fixture.landings.commit(0, Batch.insert("pile", "http://a.example/2"));
        fixture.clock.advance(Duration.ofHours(30));
        var oneByOne = Fixture.settings(new PublishLimits(1, 1_000, 1 << 20), 3, 4);
        try (Indexer indexer = fixture.indexer(fixture.store, oneByOne)) {
            indexer.publishOnce();
            indexer.publishOnce();
            assertThat(indexer.partsWaiting()).isEqualTo(1);
            indexer.publishOnce();
            assertThat(indexer.partsWaiting()).isZero();
        }
    }

    @Test
    void aFullMergeWithoutAUrlIsRefusedAndTheLogGoesOn() throws IOException {
        var fixture = new Fixture(directory, 1);
        fixture.landings.commit(
                0,
                Batch.insert("c4", "http://a.example/1"),
                Batch.of("c4", Strategy.FULL_MERGE),
                Batch.insert("c4", "http://a.example/2"));
        try (Indexer indexer = fixture.indexer()) {
            fixture.publishAll(indexer);
        }
        fixture.assertExact();
        assertThat(fixture.newest().changes().getFirst().refusedBatches())
                .containsExactly(
                        new RefusedBatch(
                                Strategy.FULL_MERGE,
                                null,
                                "no URL of it was taken, so that it would delete all; to do that, retract the dataset"));
    }

    @Test
    void aSourceThatIsGoneStopsTheIndexerAsALandingFileDoes() throws IOException {
        var fixture = new Fixture(directory, 1);
        LogEntry entry =
                fixture.landings.commit(0, Batch.of("c4", Strategy.UPSERT, "http://a.example/1"));
        String key = entry.mergesInOrder().getFirst().sources().getFirst().key();
        fixture.store.delete(key);
        try (Indexer indexer = fixture.indexer()) {
            assertThatThrownBy(indexer::publishOnce)
                    .isInstanceOf(ObjectNotFoundException.class)
                    .hasMessageContaining(key);
        }
    }
}
