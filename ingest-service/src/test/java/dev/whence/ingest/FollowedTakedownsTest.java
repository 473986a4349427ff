package dev.whence.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.access.AccessChain;
import dev.whence.access.AccessChange;
import dev.whence.access.AccessEditor;
import dev.whence.access.Takedown;
import dev.whence.access.Takedown.Scope;
import dev.whence.catalog.DatasetTally;
import dev.whence.catalog.LogEntry;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken down is not taken in. */
class FollowedTakedownsTest {
    @TempDir Path temporary;

    private Parts parts;
    private Flush flush;
    private long offset;

    @BeforeEach
    void open() {
        parts = new Parts(ObjectStores.memory(), temporary);
        flush = parts.flush(parts.tenure(0), 0);
    }

    @AfterEach
    void close() throws IOException {
        flush.close();
        parts.close();
    }

    @Test
    void aUrlThatIsTakenDownIsCountedAndKeptNowhere() throws Exception {
        takeDown(Scope.DOMAIN, "gone.example");
        takeDown(Scope.HOST, "h.kept.example");
        takeDown(Scope.URL_PREFIX, "kept.example/private/");
        take(
                "http://www.gone.example/unspeakable",
                "http://h.kept.example:8080/unspeakable",
                "https://kept.example/private/unspeakable",
                "http://kept.example/public",
                "http://:x/");
        parts.commit.carryOut(flush);

        LogEntry entry = parts.entries().getFirst();
        assertThat(parts.urls(entry)).containsExactly("http://kept.example/public");
        assertThat(entry.tallies())
                .containsExactly(
                        new DatasetTally(0, 5, 1, Map.of("taken-down", 3L, "missing-host", 1L)));
        assertThat(parts.counters.takenDown()).isEqualTo(3);
        assertThat(parts.counters.read()).isEqualTo(5);
        assertThat(parts.letters).isEmpty();
        try (var objects = parts.store.list("")) {
            for (String key : objects.map(ObjectInfo::key).toList()) {
                assertThat(new String(parts.store.get(key), StandardCharsets.ISO_8859_1))
                        .as(key)
                        .doesNotContain("unspeakable");
            }
        }
    }

    @Test
    void aTakedownIsFollowedWhileRecordsCome() throws Exception {
        take("http://gone.example/1");
        takeDown(Scope.DOMAIN, "gone.example");
        pass(FollowedTakedowns.LOOK_EVERY);
        take("http://gone.example/2");
        parts.commit.carryOut(flush);
        assertThat(parts.urls(parts.entries().getFirst())).containsExactly("http://gone.example/1");
    }

    @Test
    void rulesThatCannotBeReadLeaveTheLastInForceForAWhile() throws Exception {
        takeDown(Scope.DOMAIN, "gone.example");
        take("http://gone.example/1");
        damage(2);
        pass(Parts.ACCESS_MAX_AGE);
        take("http://gone.example/2", "http://kept.example/");
        assertThat(parts.conditions.all()).containsOnlyKeys("access rules");

        pass(Duration.ofSeconds(1));
        assertThatThrownBy(() -> parts.take(flush, offset, "d", batch("http://x.example/"), ends()))
                .isInstanceOf(AbandonedException.class);
        parts.store.delete(key(2));
        take("http://kept.example/again");
        assertThat(parts.conditions.all()).isEmpty();
        parts.commit.carryOut(flush);
        assertThat(parts.urls(parts.entries().getFirst()))
                .containsExactly("http://kept.example/", "http://kept.example/again");
    }

    @Test
    void aFailedLookIsMadeGoodWithoutARecord() throws Exception {
        takeDown(Scope.DOMAIN, "gone.example");
        take("http://gone.example/1");
        damage(2);
        pass(FollowedTakedowns.LOOK_EVERY);
        take("http://kept.example/");
        assertThat(parts.conditions.all()).containsOnlyKeys("access rules");
        parts.store.delete(key(2));
        parts.intake.tend();
        assertThat(parts.conditions.all()).as("not due yet").containsOnlyKeys("access rules");
        pass(FollowedTakedowns.LOOK_EVERY);
        parts.intake.tend();
        assertThat(parts.conditions.all()).isEmpty();
    }

    @Test
    void nothingIsTakenInBeforeTheRulesWereReadOnce() throws Exception {
        damage(1);
        assertThatThrownBy(() -> parts.take(flush, offset, "d", batch("http://x.example/"), ends()))
                .isInstanceOf(AbandonedException.class);
    }

    private void take(String... urls) throws Exception {
        parts.take(flush, offset++, "d", batch(urls), new Parts.Waits(parts));
    }

    private static byte[] batch(String... urls) {
        return "{\"dataset\": \"d\", \"urls\": [\"%s\"]}"
                .formatted(String.join("\", \"", urls))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Somebody who waits three times and then has lost the partition. */
    private Parts.Waits ends() {
        return new Parts.Waits(parts) {
            @Override
            public void beat(Tenure tenure) throws AbandonedException {
                super.beat(tenure);
                if (beats > 3) {
                    throw new AbandonedException("enough");
                }
            }
        };
    }

    private void pass(Duration time) {
        parts.nanos.addAndGet(time.toNanos());
    }

    private void damage(long number) throws IOException {
        parts.store.put(key(number), ObjectBody.of("{".getBytes(StandardCharsets.UTF_8)));
    }

    private static String key(long number) {
        return "access/%020d.json".formatted(number);
    }

    private void takeDown(Scope scope, String value) throws Exception {
        var takedown =
                new Takedown("id of " + value, scope, value, "a test", "a tester", Instant.EPOCH);
        new AccessEditor(new AccessChain(parts.store), Clock.systemUTC(), new SecureRandom())
                .make(
                        new AccessChange.TakeDown(List.of(takedown)),
                        "a tester",
                        "a test",
                        lost -> {});
    }
}
