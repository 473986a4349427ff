package dev.whence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

@Timeout(120)
final class EmbeddedS3Test {
    private static final String BUCKET = "lake";

    @TempDir Path directory;

    @Test
    void keepsBucketsAndObjectsOverARestart() throws Exception {
        try (EmbeddedS3 s3 = start();
                S3Client client = client(s3.endpoint(), S3Process.SECRET_KEY)) {
            s3.createBucket(BUCKET);
            s3.createBucket(BUCKET);
            put(client, "a/b.json", "one");
            put(client, "a/b.json", "two");
        }
        try (EmbeddedS3 s3 = start();
                S3Client client = client(s3.endpoint(), S3Process.SECRET_KEY)) {
            s3.createBucket(BUCKET);
            assertThat(get(client, "a/b.json")).isEqualTo("two");
            assertThat(client.listBuckets().buckets()).hasSize(1);
        }
    }

    @Test
    void letsExactlyOneOfRacingWritersPutAnAbsentObject() throws Exception {
        int writers = 8;
        try (EmbeddedS3 s3 = start();
                S3Client client = client(s3.endpoint(), S3Process.SECRET_KEY);
                var threads = Executors.newFixedThreadPool(writers)) {
            s3.createBucket(BUCKET);
            for (int round = 0; round < 30; round++) {
                String key = "log/%020d.json".formatted(round);
                CyclicBarrier together = new CyclicBarrier(writers);
                List<Callable<Boolean>> puts = new ArrayList<>();
                for (int writer = 0; writer < writers; writer++) {
                    String content = "writer " + writer;
                    puts.add(() -> {
                        together.await();
                        return putIfAbsent(client, key, content);
                    });
                }
                List<Future<Boolean>> results = threads.invokeAll(puts);
                List<String> winners = new ArrayList<>();
                for (int writer = 0; writer < writers; writer++) {
                    if (results.get(writer).get()) {
                        winners.add("writer " + writer);
                    }
                }
                assertThat(winners).as(key).containsExactly(get(client, key));
            }
            assertThat(keys(client)).hasSize(30);
        }
    }

    @Test
    void refusesWhatItCannotKeep() throws Exception {
        try (EmbeddedS3 s3 = start();
                S3Client client = client(s3.endpoint(), S3Process.SECRET_KEY)) {
            s3.createBucket(BUCKET);
            put(client, "x", "one");
            put(client, "y/z", "two");
            String tag = client.headObject(head -> head.bucket(BUCKET).key("x")).eTag();
            assertThatThrownBy(() ->
                            client.putObject(
                                    put -> put.bucket(BUCKET).key("x").ifMatch(tag),
                                    RequestBody.fromString("three")))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(501));
            assertThatThrownBy(() -> put(client, "x/y", "below an object"))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(400));
            assertThatThrownBy(() -> put(client, "x/y/z", "far below an object"))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(400));
            assertThatThrownBy(() -> putIfAbsent(client, "y", "over a folder"))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(400));
            assertThat(keys(client)).containsExactly("x", "y/z");
            assertThat(get(client, "x")).isEqualTo("one");
        }
    }

    @Test
    void refusesAWrongSecret() throws Exception {
        try (EmbeddedS3 s3 = start();
                S3Client stranger = client(s3.endpoint(), "another secret")) {
            s3.createBucket(BUCKET);
            assertThatThrownBy(() -> put(stranger, "x", "one"))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        }
    }

    @Test
    void refusesADirectoryThatIsInUse() throws Exception {
        try (EmbeddedS3 s3 = start()) {
            assertThat(s3.endpoint().getHost()).isEqualTo("127.0.0.1");
            assertThatThrownBy(this::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use by process");
            assertThatThrownBy(() ->
                            EmbeddedS3.start(
                                    directory.resolve("other"),
                                    s3.endpoint().getPort(),
                                    S3Process.ACCESS_KEY,
                                    S3Process.SECRET_KEY))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(Integer.toString(s3.endpoint().getPort()));
        }
        start().close();
    }

    @Test
    @Tag("slow")
    void showsNothingOfAnObjectWhosePutAKillCutShort() throws Exception {
        try (KilledProcess server = KilledProcess.start(S3Process.class, directory.toString())) {
            CountDownLatch killed = new CountDownLatch(1);
            try (S3Client client = client(URI.create(server.firstLine()), S3Process.SECRET_KEY)) {
                put(client, "whole", "one");
                Thread writer = Thread.ofVirtual().start(() -> putHalf(client, "half", killed));
                awaitIncomingFile();
                assertThat(keys(client)).containsExactly("whole");
                server.kill();
                killed.countDown();
                writer.join();
            }
        }
        try (EmbeddedS3 s3 = start();
                S3Client client = client(s3.endpoint(), S3Process.SECRET_KEY)) {
            assertThat(keys(client)).containsExactly("whole");
            assertThat(get(client, "whole")).isEqualTo("one");
            assertThat(putIfAbsent(client, "half", "at last")).isTrue();
            try (Stream<Path> incoming = Files.walk(directory.resolve("incoming"))) {
                assertThat(incoming.filter(Files::isRegularFile)).isEmpty();
            }
        }
    }

    private void awaitIncomingFile() throws Exception {
        while (true) {
            try (Stream<Path> incoming = Files.walk(directory.resolve("incoming"))) {
                if (incoming.anyMatch(Files::isRegularFile)) {
                    return;
                }
            }
            Thread.sleep(10);
        }
    }

    /** Sends a half of what it announced, and then waits for the server's end. */
    private static void putHalf(S3Client client, String key, CountDownLatch killed) {
        int bytes = 2 << 20;
        InputStream body =
                new InputStream() {
                    private int sent;

                    @Override
                    public int read() throws IOException {
                        if (++sent > bytes / 2) {
                            await(killed);
                            throw new IOException("the server is gone");
                        }
                        return 'x';
                    }
                };
        assertThatThrownBy(() ->
                        client.putObject(
                                put -> put.bucket(BUCKET).key(key),
                                RequestBody.fromInputStream(body, bytes)))
                .isInstanceOf(RuntimeException.class);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private EmbeddedS3 start() throws IOException {
        return EmbeddedS3.start(directory, 0, S3Process.ACCESS_KEY, S3Process.SECRET_KEY);
    }

    private static S3Client client(URI endpoint, String secretKey) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(S3Process.ACCESS_KEY, secretKey)))
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    private static void put(S3Client client, String key, String content) {
        client.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromString(content));
    }

    private static boolean putIfAbsent(S3Client client, String key, String content) {
        try {
            client.putObject(
                    put -> put.bucket(BUCKET).key(key).ifNoneMatch("*"),
                    RequestBody.fromString(content));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == 412) {
                return false;
            }
            throw e;
        }
    }

    private static String get(S3Client client, String key) {
        return new String(
                client.getObjectAsBytes(get -> get.bucket(BUCKET).key(key)).asByteArray(),
                StandardCharsets.UTF_8);
    }

    private static List<String> keys(S3Client client) {
        return client.listObjectsV2Paginator(list -> list.bucket(BUCKET)).contents().stream()
                .map(S3Object::key)
                .toList();
    }
}
