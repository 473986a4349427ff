package dev.whence.query.rest;

import static dev.whence.query.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.query.Publisher;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = StoreResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class SwapUnderLoadTest {
    private static final int CLIENTS = 4;
    private static final int VERSIONS = 25;
    private static final String URLS = "/v1/domain/a.example/datasets/0/urls?limit=10000";

    @TestHTTPResource URI base;
    Publisher publisher;

    /** Version n holds 10 n URLs, so every answer can be judged by the version that it names. */
    @Test
    @Tag("slow")
    void noRequestFailsAndEveryAnswerIsOfOneVersion() throws Exception {
        var client = new Client(base);
        publisher.publish(0, rows("a.example", "v1", 10));
        client.awaitServed(1);
        var done = new AtomicBoolean();
        List<Future<Long>> asked = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < CLIENTS; i++) {
                asked.add(clients.submit(() -> askUntil(done)));
            }
            for (int version = 2; version <= VERSIONS; version++) {
                // Old versions go while they are being read.
                publisher
                        .retainFrom(Math.max(1, version - 1))
                        .publish(0, rows("a.example", "v" + version, 10));
                client.awaitServed(version);
            }
            done.set(true);
            for (Future<Long> answers : asked) {
                assertThat(answers.get()).isPositive();
            }
        } finally {
            done.set(true);
        }
    }

    private long askUntil(AtomicBoolean done) throws Exception {
        var client = new Client(base);
        long answers = 0;
        long last = 0;
        while (!done.get()) {
            JsonNode domain = client.json("/v1/domain/www.a.example");
            long version = domain.path("version").asLong();
            assertThat(version).isGreaterThanOrEqualTo(last);
            assertThat(domain.path("datasets").get(0).path("url_count").asLong())
                    .isEqualTo(10 * version);
            JsonNode page = client.json(URLS);
            last = page.path("version").asLong();
            assertThat(last).isGreaterThanOrEqualTo(version);
            assertThat(page.path("total").asLong()).isEqualTo(10 * last);
            assertThat(page.path("items")).hasSize((int) (10 * last));
            answers += 2;
        }
        return answers;
    }
}
