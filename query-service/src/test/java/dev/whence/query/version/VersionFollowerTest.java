package dev.whence.query.version;

import static dev.whence.query.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whence.catalog.Block;
import dev.whence.catalog.BlockCache;
import dev.whence.catalog.CorruptCatalogException;
import dev.whence.catalog.DatasetTable;
import dev.whence.catalog.FileRef;
import dev.whence.catalog.Version;
import dev.whence.catalog.VersionChain;
import dev.whence.index.DatasetCount;
import dev.whence.query.HookedStore;
import dev.whence.query.Publisher;
import dev.whence.query.QueryException;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionFollowerTest {
    private static final int MOST_OLDER = 2;

    @TempDir Path directory;
    private Publisher publisher;
    private VersionShelf shelf;
    private VersionFollower follower;

    @BeforeEach
    void open() throws IOException {
        publisher =
                new Publisher(
                        ObjectStores.directory(directory.resolve("store")),
                        directory.resolve("scratch"));
        watch((call, key) -> {});
    }

    /** Begins anew with a follower whose store lets the test in. */
    private void watch(HookedStore.Hook hook) throws IOException {
        if (shelf != null) {
            shelf.close();
        }
        ObjectStore store = HookedStore.of(publisher.store(), hook);
        var chain = new VersionChain(store);
        shelf =
                new VersionShelf(
                        chain,
                        new BlockCache(store, directory.resolve("blocks")),
                        UrlProfile.current(),
                        MOST_OLDER);
        follower = new VersionFollower(chain, shelf, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        shelf.close();
        publisher.store().close();
    }

    @Test
    void answersNothingBeforeItHasLooked() {
        assertThatThrownBy(shelf::lease).isInstanceOf(QueryException.NotServing.class);
    }

    @Test
    void servesTheEmptyVersionBeforeAnythingIsPublished() throws Exception {
        assertThat(follower.poll()).isEqualTo(new FollowStep.Advanced(-1, 0));
        assertThat(follower.poll()).isEqualTo(new FollowStep.Unchanged());
        try (VersionLease lease = shelf.lease()) {
            assertThat(lease.version().index().ordinalOf("a.example")).isNegative();
            assertThat(lease.version().datasets()).isEmpty();
        }
    }

    @Test
    void followsToTheEndOfTheChain() throws Exception {
        follower.poll();
        publisher.publish(1, rows("a.example", "x", 3));
        assertThat(follower.poll()).isEqualTo(new FollowStep.Advanced(0, 1));
        publisher.publish(1, rows("a.example", "y", 2));
        publisher.publish(2, rows("b.example", "x", 5));
        assertThat(follower.poll()).isEqualTo(new FollowStep.Advanced(1, 3));
        assertThat(holdings("a.example")).containsExactly("dataset 1: 5");
        assertThat(holdings("b.example")).containsExactly("dataset 2: 5");
        assertThat(holdings("c.example")).isEmpty();
    }

    @Test
    void beginsWithTheNewestVersion() throws Exception {
        publisher.publish(1, rows("a.example", "x", 3));
        publisher.publish(1, rows("a.example", "y", 3));
        assertThat(follower.poll()).isEqualTo(new FollowStep.Advanced(-1, 2));
    }

    @Test
    void fetchesOnlyTheBlocksThatItLacks() throws Exception {
        publisher.publish(1, rows("a.example", "x", 3));
        follower.poll();
        Version second = publisher.publish(1, rows("a.example", "y", 3));
        // Had it to be fetched again, it would not be found.
        String known = second.segments().getFirst().block().keys().getFirst();
        publisher.store().delete(known);
        assertThat(follower.poll()).isEqualTo(new FollowStep.Advanced(1, 2));
        assertThat(holdings("a.example")).containsExactly("dataset 1: 6");
    }

    @Test
    void aLeaseGoesOnWithTheVersionThatItBeganWith() throws Exception {
        publisher.publish(1, rows("a.example", "x", 3));
        follower.poll();
        try (VersionLease lease = shelf.lease()) {
            for (int i = 0; i < MOST_OLDER + 2; i++) {
                publisher.publish(1, rows("a.example", "more" + i, 1));
                follower.poll();
            }
            publisher.retainFrom(MOST_OLDER + 3).publish(1, rows("a.example", "last", 1));
            follower.poll();
            assertThat(counts(lease.version(), "a.example"))
                    .extracting(DatasetCount::urls)
                    .containsExactly(3L);
        }
    }

    @Test
    void refusesAVersionOfAnotherProfileAndKeepsServing() throws Exception {
        publisher.publish(1, rows("a.example", "x", 3));
        follower.poll();
        UrlProfile ours = UrlProfile.current();
        publisher
                .profile(new UrlProfile(ours.number() + 1, ours.suffixListDate()))
                .publish(1, rows("a.example", "y", 3));
        assertThat(follower.poll())
                .isInstanceOfSatisfying(
                        FollowStep.Refused.class,
                        refused -> {
                            assertThat(refused.number()).isEqualTo(2);
                            assertThat(refused.cause()).hasMessageContaining("profile");
                        });
        assertThat(follower.state().problem()).contains("version 2 was refused");
        assertThat(follower.state().behindSince()).isNotNull();
        assertThat(follower.state().newestKnown()).isEqualTo(2);
        assertThat(holdings("a.example")).containsExactly("dataset 1: 3");
        publisher.profile(ours).publish(1, rows("a.example", "z", 1));
        assertThat(follower.poll()).isEqualTo(new FollowStep.Advanced(1, 3));
        assertThat(follower.state().problem()).isNull();
    }

    @Test
    void refusesACorruptBlockInAnyFileAndTakesItOnceItIsWhole() throws Exception {
        publisher.publish(1, rows("a.example", "x", 3));
        follower.poll();
        Version second = publisher.publish(2, rows("b.example", "x", 3));
        List<String> fresh =
                Stream.of(
                                second.segments().getLast().block(),
                                second.generations().getLast().block(),
                                second.datasetTable())
                        .flatMap(block -> block.keys().stream())
                        .toList();
        for (String key : fresh) {
            byte[] whole = publisher.store().get(key);
            byte[] broken = whole.clone();
            broken[broken.length / 2] ^= 0x10;
            publisher.store().put(key, ObjectBody.of(broken));
            assertThat(follower.poll())
                    .as(key)
                    .isInstanceOfSatisfying(
                            FollowStep.Refused.class,
                            refused -> assertThat(refused.cause()).hasMessageContaining(key));
            assertThat(holdings("a.example")).containsExactly("dataset 1: 3");
            publisher.store().put(key, ObjectBody.of(whole));
        }
        assertThat(follower.poll()).isEqualTo(new FollowStep.Advanced(1, 2));
        assertThat(holdings("b.example")).containsExactly("dataset 2: 3");
    }

    @Test
    void fetchesABlockAgainThatBrokeOnTheLocalDisk() throws Exception {
        Version version = publisher.publish(1, rows("a.example", "x", 3));
        follower.poll();
        for (Block block : version.blocks().toList()) {
            for (FileRef file : block.files()) {
                Path local = directory.resolve("blocks").resolve(block.id()).resolve(file.name());
                byte[] whole = Files.readAllBytes(local);
                byte[] broken = whole.clone();
                broken[0] ^= 0x10;
                Files.write(local, broken);
                watch((call, key) -> {});
                assertThat(follower.poll()).isEqualTo(new FollowStep.Advanced(-1, 1));
                assertThat(local).hasBinaryContent(whole);
                assertThat(holdings("a.example")).containsExactly("dataset 1: 3");
            }
        }
    }

    @Test
    void noTurnedBitOfTheTableOfDatasetsIsServed() throws Exception {
        Version version = publisher.publish(1, rows("a.example", "x", 3));
        follower.poll();
        Path table =
                directory
                        .resolve("blocks")
                        .resolve(version.datasetTable().id())
                        .resolve(DatasetTable.FILE_NAME);
        byte[] whole = Files.readAllBytes(table);
        for (int bit = 0; bit < 8 * whole.length; bit += 23) {
            byte[] turned = whole.clone();
            turned[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(table, turned);
            watch((call, key) -> {});
            assertThat(follower.poll()).isEqualTo(new FollowStep.Advanced(-1, 1));
            try (VersionLease lease = shelf.lease()) {
                assertThat(lease.version().datasets())
                        .singleElement()
                        .satisfies(row -> assertThat(row.urlCount()).isEqualTo(3));
            }
        }
    }

    @Test
    void refusesAVersionWithANullWhereAListShouldBe() throws Exception {
        publisher.publish(1, rows("a.example", "x", 3));
        follower.poll();
        publisher.publish(1, rows("a.example", "y", 3));
        String key = "index/versions/%020d.json".formatted(2);
        byte[] whole = publisher.store().get(key);
        var json = new JsonMapper();
        ObjectNode broken = (ObjectNode) json.readTree(whole);
        broken.putNull("generations");
        publisher.store().put(key, ObjectBody.of(json.writeValueAsBytes(broken)));
        assertThat(follower.poll())
                .isInstanceOfSatisfying(
                        FollowStep.Refused.class,
                        refused -> assertThat(refused.number()).isEqualTo(2));
        assertThat(follower.state().problem()).startsWith("version 2 was refused: ");
        assertThat(holdings("a.example")).containsExactly("dataset 1: 3");
        publisher.store().put(key, ObjectBody.of(whole));
        assertThat(follower.poll()).isEqualTo(new FollowStep.Advanced(1, 2));
    }

    @Test
    void damageThatReadingMeetsIsARefusalAndAStoreThatIsDownAFailure() throws Exception {
        publisher.publish(1, rows("a.example", "x", 3));
        var thrown = new AtomicReference<Exception>();
        ObjectStore store =
                HookedStore.of(
                        publisher.store(),
                        (call, key) -> {
                            if (thrown.get() != null) {
                                throw thrown.get();
                            }
                        });
        var chain = new VersionChain(store);
        var looking = new VersionFollower(chain, shelf, Clock.systemUTC());
        var torn =
                catchThrowableOfType(
                        CorruptCatalogException.class,
                        () -> DatasetTable.decode("torn.json", new byte[] {1}));
        thrown.set(new UncheckedIOException(torn));
        assertThat(looking.poll()).isInstanceOf(FollowStep.Refused.class);
        assertThat(looking.state().problem()).contains("torn.json");
        thrown.set(new UncheckedIOException(new IOException("down")));
        assertThat(looking.poll()).isInstanceOf(FollowStep.Failed.class);
        thrown.set(new IllegalStateException("a defect"));
        assertThat(looking.poll()).isInstanceOf(FollowStep.Refused.class);
        assertThat(looking.state().problem()).contains("IllegalStateException: a defect");
        thrown.set(null);
        assertThat(looking.poll()).isEqualTo(new FollowStep.Advanced(-1, 1));
    }

    @Test
    void aClockThatIsSetBackHidesNoLag() {
        Instant now = Instant.parse("2026-11-22T12:00:00Z");
        var behind = new VersionFollower.State(7, now, "the store is down");
        assertThat(behind.behind(now.plusSeconds(60))).isEqualTo(Duration.ofMinutes(1));
        assertThat(behind.behind(now.minus(Duration.ofDays(1)))).isEqualTo(Duration.ofDays(1));
        assertThat(new VersionFollower.State(7, null, null).behind(now)).isZero();
    }

    @Test
    void aMissingObjectIsAFailureToTryAgain() throws Exception {
        follower.poll();
        Version first = publisher.publish(1, rows("a.example", "x", 3));
        String key = first.datasetTable().keys().getFirst();
        byte[] table = publisher.store().get(key);
        publisher.store().delete(key);
        assertThat(follower.poll()).isInstanceOf(FollowStep.Failed.class);
        publisher.store().put(key, ObjectBody.of(table));
        assertThat(follower.poll()).isEqualTo(new FollowStep.Advanced(0, 1));
    }

    @Test
    void pinnedVersionsAreOpenedOnDemandAndBounded() throws Exception {
        for (int i = 1; i <= 6; i++) {
            publisher.publish(1, rows("a.example", "v" + i, 1));
        }
        follower.poll();
        for (long number : new long[] {1, 5, 3, 6, 2, 4, 1}) {
            try (VersionLease lease = shelf.lease(number)) {
                assertThat(lease.version().number()).isEqualTo(number);
                assertThat(counts(lease.version(), "a.example"))
                        .extracting(DatasetCount::urls)
                        .containsExactly(number);
            }
            assertThat(shelf.openVersions()).isLessThanOrEqualTo(MOST_OLDER + 1);
        }
    }

    @Test
    void publishingWaitsForNoPinnedVersionAndEachIsFetchedOnce() throws Exception {
        String key = publisher.publish(1, rows("a.example", "x", 1)).datasetTable().keys().get(0);
        publisher.publish(1, rows("a.example", "y", 1));
        var fetching = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var fetched = new AtomicInteger();
        watch((call, read) -> {
            if (read.equals(key)) {
                fetched.incrementAndGet();
                fetching.countDown();
                assertThat(go.await(60, TimeUnit.SECONDS)).isTrue();
            }
        });
        assertThat(follower.poll()).isEqualTo(new FollowStep.Advanced(-1, 2));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Long> pinned =
                    () -> {
                        try (VersionLease lease = shelf.lease(1)) {
                            return lease.version().number();
                        }
                    };
            Future<Long> one = threads.submit(pinned);
            assertThat(fetching.await(30, TimeUnit.SECONDS)).isTrue();
            Future<Long> other = threads.submit(pinned);
            publisher.publish(1, rows("a.example", "z", 1));
            Future<FollowStep> step = threads.submit(follower::poll);
            try {
                assertThat(step.get(30, TimeUnit.SECONDS)).isEqualTo(new FollowStep.Advanced(2, 3));
                assertThat(one.isDone()).isFalse();
            } finally {
                go.countDown();
            }
            assertThat(one.get()).isEqualTo(1);
            assertThat(other.get()).isEqualTo(1);
        }
        assertThat(fetched).hasValue(1);
    }

    @Test
    void aNumberFarBeyondTheServedVersionAsksTheStoreNothing() throws Exception {
        publisher.publish(1, rows("a.example", "x", 1));
        var asked = new AtomicInteger();
        watch((call, key) -> asked.incrementAndGet());
        follower.poll();
        asked.set(0);
        assertThatThrownBy(() -> shelf.lease(1_000))
                .isInstanceOf(QueryException.UnknownVersion.class);
        assertThat(asked).hasValue(0);
        assertThatThrownBy(() -> shelf.lease(2)).isInstanceOf(QueryException.UnknownVersion.class);
        assertThat(asked).hasValue(1);
    }

    @Test
    void aRetiredVersionIsGoneAndOneBeyondTheNewestUnknown() throws Exception {
        publisher.publish(1, rows("a.example", "x", 1));
        publisher.publish(1, rows("a.example", "y", 1));
        publisher.retainFrom(3).publish(1, rows("a.example", "z", 1));
        follower.poll();
        assertThatThrownBy(() -> shelf.lease(2))
                .isInstanceOf(QueryException.RetiredVersion.class)
                .hasMessageContaining("Version 2")
                .hasMessageContaining("3 to 3");
        assertThatThrownBy(() -> shelf.lease(4))
                .isInstanceOf(QueryException.UnknownVersion.class)
                .hasMessageContaining("4");
    }

    @Test
    void aVersionThatAnotherReplicaServesAlreadyIsAnswered() throws Exception {
        publisher.publish(1, rows("a.example", "x", 1));
        follower.poll();
        publisher.publish(1, rows("a.example", "y", 1));
        try (VersionLease lease = shelf.lease(2)) {
            assertThat(lease.version().number()).isEqualTo(2);
        }
        assertThat(follower.poll()).isEqualTo(new FollowStep.Advanced(1, 2));
    }

    @Test
    void blocksThatNoOpenVersionNamesLeaveTheLocalDisk() throws Exception {
        publisher.publish(1, rows("a.example", "x", 1));
        follower.poll();
        for (int i = 0; i < 5; i++) {
            publisher.retainFrom(publisher.newest() + 1).publish(1, rows("a.example", "v" + i, 1));
            follower.poll();
        }
        try (VersionLease lease = shelf.lease();
                Stream<Path> blocks = Files.list(directory.resolve("blocks"))) {
            Set<String> found =
                    blocks.map(block -> block.getFileName().toString()).collect(Collectors.toSet());
            assertThat(found).isEqualTo(lease.version().blockIds());
        }
    }

    @Test
    void blocksThatCannotBeRemovedFailNoSwapAndNoQuestion() throws Exception {
        Path unremovable = Path.of("/proc/sys/kernel/random");
        assumeTrue(Files.isDirectory(unremovable), "no folder here that even root cannot empty");
        publisher.publish(1, rows("a.example", "x", 1));
        publisher.publish(1, rows("a.example", "y", 1));
        Files.createSymbolicLink(directory.resolve("blocks").resolve("stuck"), unremovable);
        assertThat(follower.poll()).isEqualTo(new FollowStep.Advanced(-1, 2));
        OpenVersion pinned;
        try (VersionLease lease = shelf.lease(1)) {
            pinned = lease.version();
            assertThat(pinned.number()).isEqualTo(1);
        }
        shelf.close();
        assertThat(pinned.index().acquire()).as("a lease on a closed version").isFalse();
    }

    private List<String> holdings(String domain) throws QueryException {
        try (VersionLease lease = shelf.lease()) {
            OpenVersion version = lease.version();
            return counts(version, domain).stream()
                    .map(count ->
                            version.findDataset(count.datasetId()).orElseThrow().name()
                                    + ": "
                                    + count.urls())
                    .toList();
        }
    }

    private static List<DatasetCount> counts(OpenVersion version, String domain) {
        int ordinal = version.index().ordinalOf(domain);
        return ordinal < 0 ? List.of() : version.index().datasetsOf(ordinal);
    }
}
