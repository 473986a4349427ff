package dev.whence.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.lake.UrlFileOptions;
import dev.whence.lake.UrlRow;
import dev.whence.query.Publisher;
import dev.whence.query.QueryException;
import dev.whence.query.Rows;
import dev.whence.query.export.Exports;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Exports that cannot go on, and readers that do not: over real sockets. */
@Tag("slow")
@QuarkusTest
@TestProfile(BrokenExportTest.Impatient.class)
@WithTestResource(value = StoreResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class BrokenExportTest {
    private static final String LARGE = "/v1/domain/a.example/datasets/0/urls:export?format=";
    private static final String BROKEN = "/v1/domain/b.example/datasets/1/urls:export?format=";
    private static final int ROWS = 120_000;

    @TestHTTPResource URI base;
    @Inject Exports exports;

    @ConfigProperty(name = "whence.store.location")
    URI store;

    Publisher publisher;
    private Client client;

    /** Two exports at a time, and little patience with readers. */
    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("whence.query.exports", "2", "whence.query.export-stall", "1s");
        }
    }

    @BeforeEach
    void publish() throws Exception {
        client = new Client(base);
        if (publisher.newest() == 0) {
            publisher
                    .options(new UrlFileOptions(1, 5_000, 1 << 20, true))
                    .publish(Map.of(0, large("a.example"), 1, large("b.example")));
        }
        client.awaitServed(1);
    }

    @Test
    void aStoreThatFailsHalfWayIsSeenInEveryFormat() throws Exception {
        var file = publisher.store().list("urls/dataset_id=1/").findFirst().orElseThrow().key();
        var path = Path.of(store).resolve(file);
        byte[] whole = Files.readAllBytes(path);
        // What is read after the first pages is damaged: behind a quarter of the file.
        byte[] damaged = whole.clone();
        for (int i = whole.length / 4; i < whole.length * 3 / 4; i++) {
            damaged[i] ^= 0x55;
        }
        Files.write(path, damaged);
        try {
            for (String format : new String[] {"ndjson", "csv", "parquet"}) {
                for (String encoding : new String[] {"identity", "gzip", "zstd"}) {
                    assertThatThrownBy(
                                    () -> client.get(BROKEN + format, "Accept-Encoding", encoding))
                            .as("%s, %s", format, encoding)
                            .isInstanceOf(IOException.class);
                }
            }
            for (String output : new String[] {"text", "json"}) {
                assertThatThrownBy(() -> client.get("/cdx?url=b.example/*&output=" + output))
                        .isInstanceOf(IOException.class);
            }
        } finally {
            Files.write(path, whole);
        }
        assertThat(client.get(BROKEN + "ndjson").body()).hasLineCount(ROWS + 1);
        assertThat(client.get("/cdx?url=b.example/*").body()).hasLineCount(ROWS);
    }

    @Test
    void readersWhoTakeNothingAreLeftAndTheirTurnsGoToOthers() throws Exception {
        try (Socket one = ask(LARGE + "csv");
                Socket two = ask(LARGE + "ndjson&cursors=true")) {
            // Both hold a turn, and nothing reads.
            assertThat(one.getInputStream().read()).isEqualTo('H');
            assertThat(two.getInputStream().read()).isEqualTo('H');
            HttpResponse<String> third = client.get(LARGE + "ndjson");
            Client.problem(429, third, LARGE.replaceAll("\\?.*", ""));
            assertThat(third.headers().firstValue("retry-after")).isPresent();
            assertThat(client.get("/v1/domain/a.example").statusCode()).isEqualTo(200);
            assertFree();
            assertThat(client.get(LARGE + "ndjson&limit=1").statusCode()).isEqualTo(200);
            for (Socket socket : new Socket[] {one, two}) {
                byte[] all = readAll(socket.getInputStream());
                // Not to be told whole: it is long.
                String end =
                        new String(all, StandardCharsets.ISO_8859_1)
                                .substring(Math.max(0, all.length - 200));
                assertThat(end)
                        .doesNotContain("#end rows")
                        .doesNotContain("_end")
                        .doesNotEndWith("0\r\n\r\n");
            }
        }
        assertFree();
    }

    @Test
    void whoGoesAwayGivesHisTurnBack() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Socket socket = ask(LARGE + "ndjson")) {
                socket.setSoLinger(true, 0);
                if (i % 2 == 0) {
                    assertThat(socket.getInputStream().read()).isEqualTo('H');
                }
            }
        }
        assertFree();
        assertThat(client.send("HEAD", LARGE + "csv").statusCode()).isEqualTo(200);
        assertThat(client.send("HEAD", LARGE + "csv").statusCode()).isEqualTo(200);
        assertThat(client.send("HEAD", LARGE + "csv").statusCode()).isEqualTo(200);
        assertFree();
    }

    @Test
    void isCompressedForWhoTakesThat() throws Exception {
        HttpResponse<byte[]> answer =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(base.resolve(LARGE + "ndjson"))
                                        .header("Accept-Encoding", "gzip")
                                        .build(),
                                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.headers().firstValue("content-encoding")).hasValue("gzip");
        try (var in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .hasLineCount(ROWS + 1);
        }
    }

    /** Waits until all turns are free. */
    private void assertFree() throws Exception {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (true) {
            try (var one = exports.take();
                    var two = exports.take()) {
                assertThat(one).isNotSameAs(two);
                return;
            } catch (QueryException.Busy e) {
                assertThat(System.nanoTime()).as("turns are free").isLessThan(deadline);
                Thread.sleep(50);
            }
        }
    }

    private Socket ask(String path) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(8 << 10);
        socket.connect(new InetSocketAddress(base.getHost(), base.getPort()));
        socket.getOutputStream()
                .write(
                        "GET %s HTTP/1.1\r\nHost: whence\r\n\r\n"
                                .formatted(path)
                                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static byte[] readAll(InputStream in) {
        try {
            return in.readAllBytes();
        } catch (IOException e) {
            // A reset is an end that everybody sees.
            return new byte[0];
        }
    }

    private static List<UrlRow> large(String domain) {
        List<UrlRow> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(
                    Rows.row(
                            domain,
                            "/%05d/%016x%016x"
                                    .formatted(
                                            i, i * 0x9E3779B97F4A7C15L, i * 0xC2B2AE3D27D4EB4FL)));
        }
        return rows;
    }
}
