package dev.whence.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chain with a version an hour, each of which drops one object. */
class RetirerTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Retention RETENTION =
            new Retention(new RetentionRules(Duration.ofHours(24), 3, Duration.ofHours(24)));

    private final ObjectStore store = ObjectStores.memory();
    private final VersionChain versions = new VersionChain(store);

    @Test
    void deletesWhatWasExpiredAGraceAgo() throws IOException {
        publishHourly(100, retirer(0, false));
        Version newest = newest();
        // Version 100 retains from hour 76; what version 76 had expired by then has waited a day.
        assertThat(newest.oldestRetained()).isEqualTo(76);
        assertThat(retirer(100, false).retire(newest, key -> false)).isEqualTo(objects(1, 52));
        assertThat(stored()).isEqualTo(objects(53, 100));
    }

    @Test
    void writesDownHowFarItIsAndGoesOnThereAfterARestart() throws IOException {
        Retirer first = retirer(60, false);
        publishHourly(60, first);
        assertThat(first.retire(newest(), key -> false)).isEqualTo(objects(1, 12));
        publish(first);
        assertThat(newest().deletedUpTo()).isEqualTo(12);

        var counting = new WatchedStore(store);
        Retirer second =
                new Retirer(counting, new VersionChain(counting), RETENTION, false, at(61));
        assertThat(second.retire(newest(), key -> false)).isEqualTo(objects(13, 13));
        assertThat(counting.reads()).isLessThan(20);
    }

    @Test
    void repeatsAfterARestartWhatNoVersionSaysIsDone() throws IOException {
        publishHourly(60, retirer(0, false));
        assertThat(retirer(60, false).retire(newest(), key -> false)).hasSize(12);
        assertThat(retirer(60, false).retire(newest(), key -> false)).hasSize(12);
        assertThat(stored()).isEqualTo(objects(13, 60));
    }

    @Test
    void neverSaysLessThanTheVersionBefore() throws IOException {
        Retirer knows = retirer(60, false);
        publishHourly(60, knows);
        knows.retire(newest(), key -> false);
        publish(knows);
        publish(retirer(62, false));
        assertThat(newest().deletedUpTo()).isEqualTo(12);
    }

    @Test
    void goesThroughABoundedNumberOfVersionsInARun() throws IOException {
        int count = Retirer.VERSIONS_PER_RUN + 100;
        publishHourly(count, retirer(0, false));
        Retirer retirer = retirer(count, false);
        assertThat(retirer.retire(newest(), key -> false)).hasSize(Retirer.VERSIONS_PER_RUN);
        assertThat(retirer.retire(newest(), key -> false)).hasSize(100 - 48);
        assertThat(retirer.retire(newest(), key -> false)).isEmpty();
    }

    @Test
    void keepsWhatTheNewestVersionNamesAllTheSame() throws IOException {
        publishHourly(60, retirer(0, false));
        assertThat(retirer(60, false).retire(newest(), key -> key.equals(object(5))))
                .doesNotContain(object(5))
                .hasSize(11);
        assertThat(stored()).contains(object(5));
    }

    @Test
    void keepsABlockThatAReadableVersionNamesAllTheSame() throws IOException {
        String table = BlockName.key(block(60), DatasetTable.FILE_NAME);
        for (long number = 1; number <= 60; number++) {
            versions.publish(version(number, Math.max(1, number - 24), 0, List.of(table)));
        }
        store.put(table, ObjectBody.of(new byte[1]));
        Version newest = versions.read(60).orElseThrow();
        assertThat(retirer(60, false).retire(newest, key -> false)).isEmpty();
        assertThat(store.head(table).bytes()).isEqualTo(1);
    }

    @Test
    void goesOnPastAnObjectThatCannotBeDeleted() throws IOException {
        publishHourly(60, retirer(0, false));
        var stubborn = new WatchedStore(store, object(3), object(7));
        var retirer = new Retirer(stubborn, versions, RETENTION, false, at(60));
        assertThat(retirer.retire(newest(), key -> false)).hasSize(10);
        assertThat(stored()).startsWith(object(3), object(7), object(13));
        assertThat(retirer.plan(newest(), Long.MAX_VALUE, hour(61)).deletedUpTo()).isEqualTo(2);

        assertThat(retirer.retire(newest(), key -> false)).isEmpty();
        stubborn.permit(object(3));
        assertThat(retirer.retire(newest(), key -> false)).containsExactly(object(3));
        assertThat(retirer.plan(newest(), Long.MAX_VALUE, hour(61)).deletedUpTo()).isEqualTo(6);
        stubborn.permit(object(7));
        assertThat(retirer.retire(newest(), key -> false)).containsExactly(object(7));
        assertThat(retirer.plan(newest(), Long.MAX_VALUE, hour(61)).deletedUpTo()).isEqualTo(12);
        assertThat(retirer.retire(newest(), key -> false)).isEmpty();
    }

    @Test
    void doesNotWaitForAStoreThatDeletesNothing() throws IOException {
        publishHourly(80, retirer(0, false));
        String[] all = objects(1, 80).toArray(String[]::new);
        var broken = new WatchedStore(store, all);
        var retirer = new Retirer(broken, versions, RETENTION, false, at(80));
        assertThat(retirer.retire(newest(), key -> false)).isEmpty();
        assertThat(broken.refusals()).isEqualTo(10);
        for (String key : all) {
            broken.permit(key);
        }
        assertThat(retirer.retire(newest(), key -> false)).hasSize(32);
        assertThat(retirer.plan(newest(), Long.MAX_VALUE, hour(81)).deletedUpTo()).isEqualTo(32);
    }

    @Test
    void saysSinceWhenTheOldestIsDueThatIsStillThere() throws IOException {
        publishHourly(60, retirer(0, false));
        var stubborn = new WatchedStore(store, object(3), object(7));
        var retirer = new Retirer(stubborn, versions, RETENTION, false, at(60));
        assertThat(retirer.dueSince()).as("nobody has looked").isEmpty();
        retirer.retire(newest(), key -> false);
        // Version 27 was the first to retain from 3 on, and its day is over at 51.
        assertThat(newest().oldestRetained()).isEqualTo(36);
        assertThat(versions.read(27).orElseThrow().oldestRetained()).isEqualTo(3);
        assertThat(versions.read(26).orElseThrow().oldestRetained()).isEqualTo(2);
        assertThat(retirer.dueSince()).contains(hour(51));
        assertThat(retirer.left()).isEqualTo(2);
        stubborn.permit(object(3));
        retirer.retire(newest(), key -> false);
        assertThat(retirer.dueSince()).contains(hour(55));
        stubborn.permit(object(7));
        retirer.retire(newest(), key -> false);
        assertThat(retirer.dueSince()).isEmpty();
        assertThat(retirer.left()).isZero();
    }

    @Test
    void isOverdueWhileAListCannotBeRead() throws IOException {
        publishHourly(60, retirer(0, false));
        store.put("index/versions/%020d.json".formatted(2), ObjectBody.of(new byte[3]));
        Retirer retirer = retirer(60, false);
        retirer.retire(newest(), key -> false);
        assertThat(retirer.dueSince()).contains(hour(50));
        assertThat(retirer.left()).isZero();
    }

    @Test
    void saysWhetherARunWasTooShort() throws IOException {
        int count = Retirer.VERSIONS_PER_RUN + 100;
        publishHourly(count, retirer(0, false));
        Retirer retirer = retirer(count, false);
        retirer.retire(newest(), key -> false);
        assertThat(retirer.hasMore()).isTrue();
        assertThat(retirer.dueSince()).isPresent();
        retirer.retire(newest(), key -> false);
        assertThat(retirer.hasMore()).isFalse();
        assertThat(retirer.dueSince()).isEmpty();
    }

    /** As a nightly job beside an indexer. */
    @Test
    void twoAtOnceDeleteWhatOneWouldAndBothSeeItGone() throws Exception {
        publishHourly(200, retirer(0, false));
        String kept = object(5);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var runs = new ArrayList<Future<Retirer>>();
            for (int i = 0; i < 2; i++) {
                runs.add(
                        threads.submit(() -> {
                            Retirer retirer = retirer(200, false);
                            retirer.retire(newest(), kept::equals);
                            return retirer;
                        }));
            }
            for (Future<Retirer> run : runs) {
                assertThat(run.get().left()).isZero();
                assertThat(run.get().dueSince()).isEmpty();
            }
        }
        var expected = new ArrayList<>(List.of(kept));
        expected.addAll(objects(153, 200));
        assertThat(stored()).isEqualTo(expected);
    }

    /** What another has deleted is not due, though no version says so yet. */
    @Test
    void aDryRunLooksAtWhatIsStillThere() throws IOException {
        publishHourly(60, retirer(0, false));
        Retirer watching = retirer(60, true);
        watching.retire(newest(), key -> false);
        assertThat(watching.dueSince())
                .as("version 1 is the first to retain from 1 on")
                .contains(hour(25));
        retirer(60, false).retire(newest(), key -> false);
        watching = retirer(60, true);
        try (var audit = new AuditLines()) {
            watching.retire(newest(), key -> false);
            assertThat(audit.lines()).isEmpty();
        }
        assertThat(watching.dueSince()).isEmpty();
    }

    /** And what a version says to be gone is, whoever deleted it. */
    @Test
    void aDryRunForgetsWhatAVersionSaysToBeGone() throws IOException {
        publishHourly(60, retirer(0, false));
        Retirer watching = retirer(60, true);
        watching.retire(newest(), key -> false);
        Retirer deleting = retirer(60, false);
        deleting.retire(newest(), key -> false);
        publish(deleting);
        watching.retire(newest(), key -> false);
        assertThat(newest().deletedUpTo()).isEqualTo(12);
        assertThat(watching.dueSince()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 4, 7, 12})
    void goesOnPastAVersionThatCannotBeRead(long damaged) throws IOException {
        publishHourly(60, retirer(0, false));
        store.put("index/versions/%020d.json".formatted(damaged), ObjectBody.of(new byte[3]));
        Retirer retirer = retirer(60, false);
        assertThat(retirer.retire(newest(), key -> false))
                .hasSize(11)
                .doesNotContain(object(damaged));
        publish(retirer);
        assertThat(newest().deletedUpTo()).isEqualTo(damaged - 1);
        assertThat(retirer(61, false).retire(newest(), key -> false)).contains(object(13));
    }

    @Test
    void countsTheAgeOfADamagedVersionByTheNext() throws IOException {
        publishHourly(60, retirer(0, false));
        assertThat(newest().oldestRetained()).isEqualTo(36);
        store.put("index/versions/%020d.json".formatted(37), ObjectBody.of(new byte[3]));
        publish(retirer(0, false));
        assertThat(newest().oldestRetained()).isEqualTo(36);
        publish(retirer(0, false));
        assertThat(newest().oldestRetained()).isEqualTo(38);
    }

    @Test
    void saysOnceWhatADryRunWouldDelete() throws IOException {
        publishHourly(60, retirer(0, false));
        try (var audit = new AuditLines()) {
            Retirer retirer = retirer(60, true);
            assertThat(retirer.retire(newest(), key -> false)).isEmpty();
            assertThat(retirer.retire(newest(), key -> false)).isEmpty();
            assertThat(audit.lines())
                    .isEqualTo(
                            objects(1, 12).stream()
                                    .map(key -> "would delete " + key + ": expired")
                                    .toList());
            assertThat(retirer.plan(newest(), Long.MAX_VALUE, hour(61)).deletedUpTo()).isZero();
        }
        assertThat(stored()).isEqualTo(objects(1, 60));
    }

    @Test
    void aVersionTakesUpNoBlockThatTheOneBeforeDoesNotName() {
        Version first = version(1, 1, 0, List.of());
        Version second = version(2, 1, 0, List.of());
        assertThat(first.requireFollows(Optional.empty())).isEqualTo(first);
        assertThat(second.requireFollows(Optional.of(first))).isEqualTo(second);
        Version old = withTable(3, first.datasetTable());
        assertThatThrownBy(() -> old.requireFollows(Optional.of(second)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(first.datasetTable().id());
        assertThat(old.requireFollows(Optional.of(first))).isEqualTo(old);
    }

    private void publishHourly(int count, Retirer retirer) throws IOException {
        for (int number = 1; number <= count; number++) {
            publish(retirer);
        }
    }

    /** The next version, an hour after the last, which drops the object of its number. */
    private void publish(Retirer retirer) throws IOException {
        Optional<Version> base = versions.latest();
        long number = base.map(Version::number).orElse(0L) + 1;
        RetirePlan plan =
                base.map(version -> retirer.plan(version, Long.MAX_VALUE, hour(number)))
                        .orElse(RetirePlan.FIRST);
        store.put(object(number), ObjectBody.of(new byte[1]));
        Version next =
                version(number, plan.oldestRetained(), plan.deletedUpTo(), List.of(object(number)));
        versions.publish(next);
        versions.announce(next);
    }

    private static Version version(
            long number, long oldestRetained, long deletedUpTo, List<String> superseded) {
        var table = new Block(block(number), List.of());
        return version(number, table, oldestRetained, deletedUpTo, superseded);
    }

    private static Version withTable(long number, Block table) {
        return version(number, table, 1, 0, List.of());
    }

    private static Version version(
            long number,
            Block table,
            long oldestRetained,
            long deletedUpTo,
            List<String> superseded) {
        return new Version(
                Version.FORMAT,
                number,
                hour(number),
                "writer",
                1,
                "2026-01-01",
                List.of(),
                List.of(),
                table,
                List.of(),
                List.of(),
                new Version.Counts(0, 0, 0, 0),
                0,
                oldestRetained,
                deletedUpTo,
                superseded,
                List.of());
    }

    private static String block(long number) {
        return Block.newId(number, "01jabcdefghjkmnpqrstvwxyz0");
    }

    private Version newest() throws IOException {
        return versions.latest().orElseThrow();
    }

    private Retirer retirer(long hour, boolean dryRun) {
        return new Retirer(store, versions, RETENTION, dryRun, at(hour));
    }

    private static Clock at(long hour) {
        return Clock.fixed(hour(hour), ZoneOffset.UTC);
    }

    private static Instant hour(long hour) {
        return START.plus(Duration.ofHours(hour));
    }

    private List<String> stored() throws IOException {
        try (Stream<ObjectInfo> objects = store.list("urls/")) {
            return objects.map(ObjectInfo::key).toList();
        }
    }

    private static List<String> objects(long from, long to) {
        return Stream.iterate(from, number -> number <= to, number -> number + 1)
                .map(RetirerTest::object)
                .toList();
    }

    private static String object(long version) {
        return "urls/dropped-by-%06d".formatted(version);
    }
}
