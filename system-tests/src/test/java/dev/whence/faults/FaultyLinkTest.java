package dev.whence.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The link does what it is told, and nothing else. */
class FaultyLinkTest {
    private static final byte[] BODY = new byte[10_000];

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private FaultyLink link;
    private HttpClient client;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(FaultyLink.LOOPBACK, 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        asked.incrementAndGet();
                        exchange.getRequestBody().readAllBytes();
                        exchange.sendResponseHeaders(200, BODY.length);
                        exchange.getResponseBody().write(BODY);
                    }
                });
        server.start();
        link = new FaultyLink("the way", server.getAddress().getPort(), new Random(7));
        client = HttpClient.newHttpClient();
    }

    @AfterEach
    void close() throws IOException {
        client.shutdownNow();
        link.close();
        server.stop(0);
    }

    @Test
    void handsEverythingOnWhereNothingIsWrong() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(ask().body()).isEqualTo(BODY);
        }
        assertThat(link.met()).isZero();
    }

    @Test
    void refusesAndListensAgainAtTheSamePort() throws Exception {
        assertThat(ask().body()).isEqualTo(BODY);
        link.suffer(Trouble.REFUSED);
        assertThatThrownBy(this::ask).isInstanceOf(ConnectException.class);
        assertThat(link.met()).as("connections that were open").isEqualTo(1);
        link.heal();
        assertThat(ask().body()).isEqualTo(BODY);
    }

    @Test
    void handsOnLateWhatWasSentOverACutCable() throws Exception {
        link.suffer(Trouble.CUT);
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request(), HttpResponse.BodyHandlers.ofByteArray());
        assertThatThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
        assertThat(asked).hasValue(0);
        assertThat(link.met()).isPositive();
        link.heal();
        assertThat(answer.get().body()).isEqualTo(BODY);
    }

    @Test
    void answersSlowDownInsteadOfTheServer() throws Exception {
        link.suffer(Trouble.THROTTLED);
        HttpResponse<byte[]> answer = ask();
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(new String(answer.body(), StandardCharsets.US_ASCII))
                .contains("<Code>SlowDown</Code>");
        assertThat(asked).hasValue(0);
    }

    @Test
    void cutsAnswersShort() throws IOException {
        link.suffer(Trouble.CUT_SHORT);
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(this::ask).isInstanceOf(IOException.class);
        }
        assertThat(asked.get()).isGreaterThanOrEqualTo(5);
    }

    @Test
    void resetsBeforeTheRequestOrAtItsAnswer() throws IOException {
        link.suffer(Trouble.RESET);
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(this::ask).isInstanceOf(IOException.class);
        }
        assertThat(asked.get()).isPositive().isLessThan((int) link.met());
    }

    @Test
    void turnsOneBitOfABody() throws Exception {
        link.suffer(Trouble.WRONG_BYTES);
        for (int i = 0; i < 5; i++) {
            byte[] body = ask().body();
            assertThat(body).hasSameSizeAs(BODY);
            assertThat(BitSet.valueOf(body).cardinality()).isEqualTo(1);
        }
    }

    @Test
    void countsNoAnswerThatHasNoBodyToSpoil() throws Exception {
        link.suffer(Trouble.WRONG_BYTES);
        HttpRequest head =
                HttpRequest.newBuilder(request(), (_, _) -> true)
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build();
        assertThat(client.send(head, HttpResponse.BodyHandlers.ofByteArray()).statusCode())
                .isEqualTo(200);
        assertThat(link.met()).isZero();
    }

    @Test
    @Tag("slow")
    void meetsTheShareThatItIsTold() throws Exception {
        link.suffer(Trouble.WRONG_BYTES, 0.5);
        int wrong = 0;
        for (int i = 0; i < 100; i++) {
            wrong += Arrays.equals(ask().body(), BODY) ? 0 : 1;
        }
        assertThat(wrong).isBetween(25, 75).isEqualTo((int) link.met());
    }

    private HttpResponse<byte[]> ask() throws IOException, InterruptedException {
        return client.send(request(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpRequest request() {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + link.port() + "/"))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(20))
                .build();
    }
}
