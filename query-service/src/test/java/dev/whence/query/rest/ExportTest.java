package dev.whence.query.rest;

import static dev.whence.query.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.whence.query.Publisher;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Exports as they come over HTTP: headers, ends, cursors and refusals. */
@Tag("slow")
@QuarkusTest
@WithTestResource(value = StoreResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class ExportTest {
    private static final String URLS = "/v1/domain/a.example/datasets/0/urls:export";
    private static final JsonMapper JSON = new JsonMapper();

    @TestHTTPResource URI base;
    Publisher publisher;
    private Client client;

    @BeforeEach
    void publish() throws Exception {
        client = new Client(base);
        if (publisher.newest() == 0) {
            publisher.publish(Map.of(0, rows("a.example", "x", 3), 3, rows("b.example", "x", 2)));
            publisher.publish(Map.of(3, rows("a.example", "y", 2)));
        }
        client.awaitServed(publisher.newest());
    }

    @Test
    void saysWhatItIsAndHowItIsToBeKept() throws Exception {
        HttpResponse<String> answer = client.get(URLS);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/x-ndjson");
        assertThat(answer.headers().firstValue("content-disposition"))
                .hasValue("attachment; filename=\"a.example-urls-0.ndjson\"");
        assertThat(answer.headers().firstValue("whence-version")).hasValue("2");
        String tag = answer.headers().firstValue("etag").orElseThrow();
        assertThat(client.get(URLS, "If-None-Match", tag).statusCode()).isEqualTo(304);
        HttpResponse<String> head = client.send("HEAD", URLS);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("etag")).hasValue(tag);
        assertThat(client.get(URLS + "?format=csv").headers().firstValue("content-type"))
                .hasValue("text/csv;charset=UTF-8");
    }

    @Test
    void endsWithALineThatOnlyAWholeFileHas() throws Exception {
        List<String> lines = client.get(URLS + "?fields=url").body().lines().toList();
        assertThat(lines)
                .containsExactly(
                        "{\"url\":\"https://www.a.example/x/00000\"}",
                        "{\"url\":\"https://www.a.example/x/00001\"}",
                        "{\"url\":\"https://www.a.example/x/00002\"}",
                        "{\"_end\":{\"rows\":3,\"version\":2,\"next_cursor\":null}}");
        assertThat(client.get(URLS + "?fields=url,host&format=csv").body())
                .isEqualTo(
                        "url,host\r\n"
                                + "https://www.a.example/x/00000,www.a.example\r\n"
                                + "https://www.a.example/x/00001,www.a.example\r\n"
                                + "https://www.a.example/x/00002,www.a.example\r\n"
                                + "#end rows=3 version=2 next_cursor=,\r\n");
        assertThat(client.get(URLS + "?fields=url&format=csv&header=false&trailer=false").body())
                .hasLineCount(3);
    }

    @Test
    void everyListHasOne() throws Exception {
        assertThat(lines(client.get("/v1/domain/a.example/urls:export?fields=url&trailer=false")))
                .hasSize(5)
                .last()
                .hasToString(
                        "{\"dataset_id\":3,\"name\":\"dataset 3\",\"url\":\"https://www.a.example/y/00001\"}");
        assertThat(lines(client.get("/v1/domain/*.a.example/hosts:export?dataset_id=3")))
                .first()
                .hasToString(
                        "{\"host\":\"www.a.example\",\"dataset_id\":3,\"name\":\"dataset 3\",\"url_count\":2}");
        assertThat(lines(client.get("/v1/domains:export?prefix=b")).getFirst().path("url_count"))
                .hasToString("2");
        assertThat(lines(client.get("/v1/datasets:export"))).hasSize(3);
        JsonNode both = lines(client.post("/v1/sets:export", "{\"all_of\": [0, 3]}")).getFirst();
        assertThat(both.path("domain").asText()).isEqualTo("a.example");
        List<JsonNode> found =
                lines(
                        client.post(
                                "/v1/domains:lookup:export?trailer=false",
                                "{\"domains\": [\"www.a.example\", \"c.example\", \"no domain\"]}"));
        assertThat(found)
                .extracting(row -> row.path("status").asText())
                .containsExactly("found", "found", "not-found", "invalid-domain");
    }

    @Test
    void goesOnBehindAnyRowOrWhereItsLimitCut() throws Exception {
        String query = URLS + "?fields=url&trailer=false";
        List<JsonNode> all = lines(client.get(query));
        List<JsonNode> told = lines(client.get(query + "&cursors=true"));
        for (int i = 0; i < told.size(); i++) {
            String cursor = told.get(i).path("cursor").asText();
            assertThat(lines(client.get(query + "&cursor=" + cursor)))
                    .isEqualTo(all.subList(i + 1, all.size()));
            client.problem(400, "/v1/domains:export?cursor=" + cursor);
            client.problem(400, query + "&version=1&cursor=" + cursor);
        }
        JsonNode end = lines(client.get(URLS + "?fields=url&limit=2")).getLast().path("_end");
        assertThat(end.path("rows").asInt()).isEqualTo(2);
        assertThat(lines(client.get(query + "&cursor=" + end.path("next_cursor").asText())))
                .isEqualTo(all.subList(2, 3));
    }

    @Test
    void refusesWhatItDoesNotKnow() throws Exception {
        client.problem(400, URLS + "?format=xml");
        client.problem(400, URLS + "?limit=0");
        client.problem(400, URLS + "?cursors=maybe");
        client.problem(400, URLS + "?fromat=csv");
        client.problem(400, URLS + "?fields=cursor");
        client.problem(404, "/v1/domain/a.example/datasets/77/urls:export");
        client.problem(404, URLS + "?version=99");
        client.problem(404, "/v1/versions:export");
        Client.problem(
                400,
                client.post("/v1/sets:export", "{\"all_of\": [0], \"limit\": 3}"),
                "/v1/sets:export");
        Client.problem(
                404, client.post("/v1/sets:export", "{\"all_of\": [77]}"), "/v1/sets:export");
    }

    private static List<JsonNode> lines(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : answer.body().lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
