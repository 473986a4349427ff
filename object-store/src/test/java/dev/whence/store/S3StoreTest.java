package dev.whence.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.embedded.EmbeddedS3;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

@Tag("slow")
final class S3StoreTest extends ObjectStoreContract {
    private static final String BUCKET = "lake";
    private static final String ACCESS_KEY = "writer";
    private static final String SECRET_KEY = "a secret of the tests";
    private static final AtomicInteger TESTS = new AtomicInteger();

    @TempDir static Path directory;
    private static EmbeddedS3 server;

    @BeforeAll
    static void startServer() throws Exception {
        server = EmbeddedS3.start(directory, 0, ACCESS_KEY, SECRET_KEY);
        server.createBucket(BUCKET);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Override
    ObjectStore openEmpty() {
        return openAt(server.endpoint(), "test-" + TESTS.incrementAndGet() + "/", SECRET_KEY);
    }

    @Override
    int races() {
        return 60;
    }

    private static ObjectStore openAt(URI endpoint, String keyPrefix, String secretKey) {
        return ObjectStores.s3(
                new S3Settings(
                        endpoint, "us-east-1", BUCKET, keyPrefix, ACCESS_KEY, secretKey, true));
    }

    @Test
    void worksAtTheRootOfItsBucket() throws Exception {
        try (ObjectStore root = openAt(server.endpoint(), "", SECRET_KEY)) {
            root.put("at-the-root/a", ObjectBody.of(bytes("x")));
            assertThat(root.get("at-the-root/a")).isEqualTo(bytes("x"));
            try (var objects = root.list("at-the-root/")) {
                assertThat(objects.map(ObjectInfo::key)).containsExactly("at-the-root/a");
            }
            assertThat(root.location("a b/c")).isEqualTo(URI.create("s3://lake/a%20b/c"));
        }
    }

    @Test
    void leavesOutTheFolderMarkersOfOtherPrograms() throws Exception {
        S3Settings settings =
                new S3Settings(
                        server.endpoint(), "us-east-1", BUCKET, "", ACCESS_KEY, SECRET_KEY, true);
        try (S3Clients clients = S3Clients.open(settings);
                ObjectStore store = ObjectStores.s3(settings)) {
            clients.once()
                    .putObject(
                            put -> put.bucket(BUCKET).key("marked/folder/"), RequestBody.empty());
            store.put("marked/folder/a", ObjectBody.of(bytes("x")));
            store.put("marked/z", ObjectBody.of(bytes("x")));
            try (var objects = store.list("marked/")) {
                assertThat(objects.map(ObjectInfo::key))
                        .containsExactly("marked/folder/a", "marked/z");
            }
        }
    }

    @Test
    void takesNothingThatIsNotWhatWasPut() throws Exception {
        try (ObjectStore store = openAt(server.endpoint(), "broken/", SECRET_KEY)) {
            store.put("entry", ObjectBody.of(bytes("{\"next_offset\": 120}")));
            store.put("empty", ObjectBody.of(new byte[0]));
            Path stored = directory.resolve("buckets/lake/broken/entry");
            try (var file = FileChannel.open(stored, StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.wrap(bytes("3")), "{\"next_offset\": 1".length());
            }
            assertThatThrownBy(() -> store.get("entry"))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("entry")
                    .hasMessageContaining("CRC32C");
            assertThat(store.getRange("entry", 0, 1)).isEqualTo(bytes("{"));
            assertThat(store.get("empty")).isEmpty();
        }
    }

    @Test
    void takesWhatOthersPutAsItComes() throws Exception {
        S3Settings settings =
                new S3Settings(
                        server.endpoint(), "us-east-1", BUCKET, "", ACCESS_KEY, SECRET_KEY, true);
        try (S3Clients clients = S3Clients.open(settings);
                ObjectStore store = ObjectStores.s3(settings)) {
            clients.once()
                    .putObject(
                            put -> put.bucket(BUCKET).key("others/a"),
                            RequestBody.fromString("theirs"));
            assertThat(store.get("others/a")).isEqualTo(bytes("theirs"));
        }
    }

    @Test
    void refusesAWrongSecretByName() {
        try (ObjectStore stranger = openAt(server.endpoint(), "", "not the secret")) {
            for (ThrowingCallable operation : everyOperation(stranger, "key")) {
                assertThatThrownBy(operation)
                        .isInstanceOf(AccessDeniedException.class)
                        .hasMessageContaining("key")
                        .hasMessageNotContaining("not the secret");
            }
            assertThatThrownBy(() -> stranger.list("").toList())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(AccessDeniedException.class);
        }
    }

    @Test
    void saysThatTheServerIsGone(@TempDir Path elsewhere) throws Exception {
        URI gone;
        try (EmbeddedS3 other = EmbeddedS3.start(elsewhere, 0, ACCESS_KEY, SECRET_KEY)) {
            gone = other.endpoint();
        }
        try (ObjectStore unavailable = openAt(gone, "", SECRET_KEY)) {
            for (ThrowingCallable operation : everyOperation(unavailable, "key")) {
                assertThatThrownBy(operation)
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageContaining("key");
            }
            assertThatThrownBy(() -> unavailable.list("").toList())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(StoreUnavailableException.class);
        }
    }

    @Test
    void saysThatTheBucketIsNotThere() {
        S3Settings settings =
                new S3Settings(
                        server.endpoint(),
                        "us-east-1",
                        "no-such-bucket",
                        "",
                        ACCESS_KEY,
                        SECRET_KEY,
                        true);
        try (ObjectStore none = ObjectStores.s3(settings)) {
            for (ThrowingCallable operation :
                    List.<ThrowingCallable>of(
                            () -> none.get("key"),
                            () -> none.put("key", ObjectBody.of(bytes("x"))))) {
                assertThatThrownBy(operation)
                        .isInstanceOf(ObjectStoreException.class)
                        .isNotInstanceOf(ObjectNotFoundException.class)
                        .hasMessageContaining("no-such-bucket");
            }
        }
    }

    @Test
    void tellsItsOwnPutFromAnothersWhenTheAnswerWasLost() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(server.endpoint());
                ObjectStore store = openAt(proxy.endpoint(), "lost/", SECRET_KEY)) {
            for (int lost = 1; lost <= 3; lost++) {
                String key = "mine-" + lost;
                proxy.cutAnswers(lost);
                assertThat(store.putIfAbsent(key, ObjectBody.of(bytes("mine"))))
                        .isEqualTo(PutResult.CREATED);
                assertThat(store.get(key)).isEqualTo(bytes("mine"));
                proxy.cutAnswers(1);
                assertThat(store.putIfAbsent(key, ObjectBody.of(bytes("mine"))))
                        .as("the same bytes, but another put")
                        .isEqualTo(PutResult.ALREADY_EXISTS);
            }
            proxy.cutAnswers(2);
            store.put("hint", ObjectBody.of(bytes("again")));
            assertThat(store.get("hint")).isEqualTo(bytes("again"));
            assertThat(proxy.putsSeen()).isGreaterThan(3 + 6 + 3);
        }
    }

    @Test
    void saysThatTheOutcomeIsUnknownWhenNoAnswerComesBack() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(server.endpoint());
                ObjectStore store = openAt(proxy.endpoint(), "unknown/", SECRET_KEY)) {
            proxy.cutAnswers(Integer.MAX_VALUE);
            assertThatThrownBy(() -> store.putIfAbsent("a", ObjectBody.of(bytes("x"))))
                    .isInstanceOf(UnknownOutcomeException.class)
                    .hasMessageContaining("read it back");
            assertThatThrownBy(() -> store.put("b", ObjectBody.of(bytes("y"))))
                    .isInstanceOf(UnknownOutcomeException.class);
            proxy.cutAnswers(0);
            assertThat(store.get("a")).as("it was put all the same").isEqualTo(bytes("x"));
            assertThat(store.get("b")).isEqualTo(bytes("y"));
        }
    }

    @Test
    @Tag("slow")
    void neverHasTwoWinnersOnABadLine() throws Exception {
        int writers = 4;
        int lostOutcomes = 0;
        try (CuttingProxy proxy = new CuttingProxy(server.endpoint());
                ObjectStore bad = openAt(proxy.endpoint(), "bad-line/", SECRET_KEY);
                var threads = Executors.newFixedThreadPool(writers)) {
            for (int round = 0; round < 15; round++) {
                String key = "log/" + round;
                proxy.cutAnswers(6);
                List<Callable<PutResult>> puts = new ArrayList<>();
                for (int writer = 0; writer < writers; writer++) {
                    ObjectBody body = ObjectBody.of(bytes("writer " + writer));
                    puts.add(() -> bad.putIfAbsent(key, body));
                }
                List<Future<PutResult>> results = threads.invokeAll(puts);
                proxy.cutAnswers(0);
                String stored = new String(bad.get(key), StandardCharsets.UTF_8);
                for (int writer = 0; writer < writers; writer++) {
                    boolean isStored = stored.equals("writer " + writer);
                    try {
                        assertThat(results.get(writer).get() == PutResult.CREATED)
                                .as("%s, writer %d", key, writer)
                                .isEqualTo(isStored);
                    } catch (ExecutionException e) {
                        assertThat(e).hasCauseInstanceOf(UnknownOutcomeException.class);
                        lostOutcomes++;
                    }
                }
            }
        }
        System.out.println("unknown outcomes: " + lostOutcomes + " of " + 15 * writers);
    }

    @Test
    void checksItsSettings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new S3Settings(null, "us-east-1", BUCKET, "x", null, null, false))
                .withMessageContaining("must end with a slash");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new S3Settings(null, "us-east-1", BUCKET, "", "key", null, false))
                .withMessageContaining("secret key");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new S3Settings(null, "us-east-1", " ", "", null, null, false));
        assertThat(new S3Settings(null, "us-east-1", BUCKET, "", "access", "hidden", true))
                .asString()
                .doesNotContain("hidden");
    }

    private List<ThrowingCallable> everyOperation(ObjectStore store, String key) {
        ObjectBody body = ObjectBody.of(bytes("x"));
        return List.of(
                () -> store.head(key),
                () -> store.get(key),
                () -> store.getRange(key, 0, 1),
                () -> store.open(key),
                () -> store.download(key, local.resolve("file")),
                () -> store.put(key, body),
                () -> store.putIfAbsent(key, body),
                () -> store.delete(key));
    }
}
