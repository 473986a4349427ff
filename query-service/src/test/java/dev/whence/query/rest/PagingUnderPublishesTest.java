package dev.whence.query.rest;

import static dev.whence.query.Rows.row;
import static dev.whence.query.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.lake.UrlRow;
import dev.whence.query.Publisher;
import dev.whence.query.Rows;
import dev.whence.query.Seed;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lists that are read to their end while versions are published. */
@QuarkusTest
@WithTestResource(value = StoreResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@Tag("slow")
class PagingUnderPublishesTest {
    private static final int VERSIONS = 50;

    @TestHTTPResource URI base;
    Publisher publisher;
    private Client client;

    @BeforeEach
    void publish() throws Exception {
        client = new Client(base);
        if (publisher.newest() == 0) {
            publisher.publish(
                    Map.of(
                            0, rows("a.example", "x", 4_000),
                            1, Rows.random(Seed.random("PagingUnderPublishesTest"), 900, 3_000)));
            publisher.publish(0, rows("a.example", "y", 3_000));
        }
        client.awaitServed(2);
    }

    @Test
    void everyUrlDomainAndHostComesOnceWhileFiftyVersionsArePublished() throws Exception {
        long begun = publisher.newest();
        List<String> urls =
                publisher.contents(begun).of("a.example", 0).stream().map(UrlRow::url).toList();
        List<String> domains = publisher.contents(begun).domains();
        var urlPages = new Pages("/v1/domain/a.example/datasets/0/urls?limit=137", "items", "url");
        var domainPages = new Pages("/v1/domains?limit=17", "domains", "domain");
        var hostPages = new Pages("/v1/domain/a.example/hosts?limit=1", "hosts", "host");
        for (int i = 0; i < VERSIONS; i++) {
            publisher.publish(
                    Map.of(
                            0, List.of(row("a.example", "/0/" + i), row("a.example", "/z/" + i)),
                            1, List.of(row("new" + i + ".example", "/"))));
            client.awaitServed(publisher.newest());
            urlPages.next();
            domainPages.next();
            hostPages.next();
        }
        assertThat(urlPages.rest()).isEqualTo(urls);
        assertThat(domainPages.rest()).isEqualTo(domains);
        assertThat(hostPages.rest()).containsExactly("www.a.example");
    }

    @Test
    void aCursorBeyondTheRetentionIsGone() throws Exception {
        List<String> calls =
                List.of(
                        "/v1/domain/a.example/datasets/0/urls?limit=2",
                        "/v1/domain/a.example/datasets/0/urls?host=www.a.example&limit=2",
                        "/v1/domains?limit=2");
        List<String> cursors = new ArrayList<>();
        for (String call : calls) {
            cursors.add(client.json(call).path("next_cursor").asText());
        }
        String set = "{\"all_of\": [1], \"limit\": 2%s}";
        String setCursor =
                Client.parse(client.post("/v1/sets", set.formatted("")))
                        .path("next_cursor")
                        .asText();
        long kept = publisher.newest() + 1;
        publisher.retainFrom(kept).publish(0, List.of(row("a.example", "/kept")));
        client.awaitServed(kept);
        for (int i = 0; i < calls.size(); i++) {
            JsonNode problem = client.problem(410, calls.get(i) + "&cursor=" + cursors.get(i));
            assertThat(problem.path("detail").asText()).contains("begin again");
        }
        Client.problem(
                410,
                client.post("/v1/sets", set.formatted(", \"cursor\": \"" + setCursor + "\"")),
                "/v1/sets");
    }

    /** A list, read page by page. */
    private final class Pages {
        private final String call;
        private final String items;
        private final String name;
        private final List<String> found = new ArrayList<>();
        private String cursor = "";
        private boolean ended;

        Pages(String call, String items, String name) throws Exception {
            this.call = call;
            this.items = items;
            this.name = name;
            next();
        }

        void next() throws Exception {
            if (!ended) {
                JsonNode page = client.json(call + cursor);
                page.path(items).forEach(item -> found.add(item.path(name).asText()));
                ended = page.path("next_cursor").isNull();
                cursor = "&cursor=" + page.path("next_cursor").asText();
            }
        }

        List<String> rest() throws Exception {
            while (!ended) {
                next();
            }
            return found;
        }
    }
}
