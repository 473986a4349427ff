package dev.whence.query.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.whence.lake.UrlRow;
import dev.whence.query.Publisher;
import dev.whence.url.CanonicalUrl;
import dev.whence.url.Scheme;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** CDX as clients of archives ask for it; the requests are those that these clients make. */
@Tag("slow")
@QuarkusTest
@WithTestResource(value = StoreResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class CdxTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TestHTTPResource URI base;
    Publisher publisher;
    private Client client;

    @BeforeEach
    void publish() throws Exception {
        client = new Client(base);
        if (publisher.newest() == 0) {
            publisher.publish(
                    Map.of(
                            0,
                            List.of(
                                    row("https", "example.com", "/", "2024-01-02T03:04:05Z"),
                                    row("http", "www.example.com", "/", "2023-01-02T03:04:05Z"),
                                    row("https", "www.example.com", "/a?b=1", null),
                                    row("https", "news.example.com", "/", null),
                                    row("https", "www.example.com:8080", "/z", null),
                                    row("https", "example-not.com", "/", null)),
                            3,
                            List.of(
                                    UrlRow.of(
                                            new CanonicalUrl(
                                                    Scheme.HTTPS,
                                                    "www.example.com",
                                                    "/a",
                                                    "example.com"),
                                            micros("2024-05-06T07:08:09Z"),
                                            Map.of(
                                                    "mime",
                                                    "text/html",
                                                    "status",
                                                    "200",
                                                    "digest",
                                                    "A B")))));
        }
        client.awaitServed(1);
    }

    @Test
    void tellsLinesAsTheWaybackMachineDoes() throws Exception {
        HttpResponse<String> exact = client.get("/cdx?url=EXAMPLE.com");
        assertThat(exact.statusCode()).as(exact.body()).isEqualTo(200);
        assertThat(exact.headers().firstValue("content-type")).hasValue("text/plain;charset=UTF-8");
        assertThat(exact.body())
                .isEqualTo(
                        "com,example)/ 20230102030405 http://www.example.com/ - - - - dataset_0\n"
                                        .replace("dataset_0", "dataset%200")
                                + "com,example)/ 20240102030405 https://example.com/ - - - - dataset%200\n");
        assertThat(keys("/cdx?url=*.example.com&fl=urlkey"))
                .containsExactly(
                        "com,example)/",
                        "com,example)/",
                        "com,example)/a",
                        "com,example)/a?b=1",
                        "com,example,news)/",
                        "com,example:8080)/z");
        assertThat(keys("/cdx?url=example.com/a*&fl=urlkey")).hasSize(2);
        assertThat(keys("/cdx?url=www.example.com/a&matchType=prefix&fl=urlkey")).hasSize(2);
        assertThat(keys("/cdx?url=example.com/a&matchType=host&fl=urlkey")).hasSize(4);
        assertThat(keys("/cdx?url=example.com/a&fl=mimetype,statuscode,digest"))
                .containsExactly("text/html 200 A%20B");
        assertThat(client.get("/cdx?url=none.example").body()).isEmpty();
        assertThat(client.get("/cdx?url=none.example&output=json").body()).isEqualTo("[]\n");
        JsonNode json = client.json("/cdx?url=example.com/*&output=json&collection=dataset%203");
        assertThat(json.toString())
                .isEqualTo(
                        "[[\"urlkey\",\"timestamp\",\"original\",\"mimetype\",\"statuscode\",\"digest\",\"length\",\"dataset\"],"
                                + "[\"com,example)/a\",\"20240506070809\",\"https://www.example.com/a\",\"text/html\",\"200\",\"A B\",\"-\",\"dataset 3\"]]");
    }

    @Test
    void filtersAndCollapses() throws Exception {
        String all = "/cdx?url=*.example.com&fl=original";
        assertThat(keys(all + "&filter=statuscode:2..")).hasSize(1);
        assertThat(keys(all + "&filter=!statuscode:200")).hasSize(5);
        assertThat(keys(all + "&filter==status:200&filter=mimetype:text/.*")).hasSize(1);
        assertThat(keys(all + "&filter=~original:https://www")).hasSize(3);
        assertThat(keys(all + "&from=2024")).hasSize(2);
        assertThat(keys(all + "&from=2023&to=20240102")).hasSize(2);
        assertThat(keys(all + "&to=2023")).hasSize(1);
        assertThat(keys(all + "&collapse=urlkey")).hasSize(5);
        assertThat(keys(all + "&collapse=urlkey:5")).hasSize(1);
        assertThat(keys(all + "&offset=4")).hasSize(2);
    }

    @Test
    void goesOnByItsResumeKey() throws Exception {
        for (String more : new String[] {"", "&collapse=urlkey", "&filter=!statuscode:200"}) {
            String all = "/cdx?url=*.example.com&fl=urlkey,timestamp,original" + more;
            List<String> expected = keys(all);
            for (int limit = 1; limit <= expected.size(); limit++) {
                List<String> found = new ArrayList<>();
                String resume = "";
                while (true) {
                    List<String> page = keys(all + "&showResumeKey=true&limit=" + limit + resume);
                    int blank = page.indexOf("");
                    found.addAll(blank < 0 ? page : page.subList(0, blank));
                    if (blank < 0) {
                        break;
                    }
                    assertThat(blank).isEqualTo(limit);
                    resume = "&resumeKey=" + page.getLast();
                }
                assertThat(found).as("limit %d", limit).isEqualTo(expected);
            }
        }
        JsonNode json =
                client.json("/cdx?url=*.example.com&output=json&limit=1&showResumeKey=true");
        assertThat(json).hasSize(4);
        assertThat(json.get(2)).isEmpty();
        assertThat(client.get("/cdx?url=other.com&resumeKey=" + json.get(3).get(0).asText()))
                .extracting(HttpResponse::statusCode)
                .isEqualTo(400);
    }

    /** What {@code cdx_toolkit.CDXFetcher(source=…).iter(url)} and {@code get_size_estimate} do. */
    @Test
    void listsUrlsForCdxToolkit() throws Exception {
        JsonNode collections = client.json("/collinfo.json");
        assertThat(collections).hasSize(2);
        String index = URI.create(collections.get(0).path("cdx-api").asText()).getRawPath();
        assertThat(index).isEqualTo("/cdx/dataset%200-index");
        String query = "?url=*.example.com&output=json&limit=1000&page=";
        List<JsonNode> found = new ArrayList<>();
        int page = 0;
        HttpResponse<String> answer = client.get(index + query + page);
        while (answer.statusCode() == 200) {
            for (String line : answer.body().lines().toList()) {
                found.add(JSON.readTree(line));
            }
            answer = client.get(index + query + ++page);
        }
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"message\":\"Page 1 invalid: First Page is 0, Last Page is 0\"}");
        assertThat(found).hasSize(5);
        assertThat(found.getFirst().toString())
                .isEqualTo(
                        "{\"urlkey\":\"com,example)/\",\"timestamp\":\"20230102030405\",\"url\":\"http://www.example.com/\",\"mime\":\"-\",\"status\":\"-\",\"digest\":\"-\",\"dataset\":\"dataset 0\"}");
        assertThat(client.json(index + "?url=*.example.com&showNumPages=true").toString())
                .isEqualTo("{\"pages\":1,\"pageSize\":5,\"blocks\":1}");
        HttpResponse<String> none = client.get(index + "?url=none.example&output=json");
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(none.body()).isEqualTo("{\"message\":\"No Captures found\"}");
        // With /cdx itself as the source, it takes the manners of the Wayback Machine's.
        assertThat(client.json("/cdx" + query + 0)).hasSize(7);
        assertThat(client.get("/cdx?url=*.example.com&showNumPages=true").body()).isEqualTo("1\n");
        assertThat(client.get("/cdx" + query + 1).body()).isEqualTo("[]\n");
    }

    /** What pywb's remote index source asks, and what it reads: lines of CDXJ. */
    @Test
    void listsUrlsForPywb() throws Exception {
        HttpResponse<String> answer =
                client.get("/cdx/dataset%203-index?url=https%3A%2F%2Fwww.example.com%2Fa&limit=10");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith("com,example)/a 20240506070809 {\"url\":\"https://www.example.com/a\",")
                .endsWith("}\n");
    }

    @Test
    void saysInWordsWhatIsWrong() throws Exception {
        for (String wrong :
                new String[] {
                    "",
                    "url=",
                    "url=mailto:a@b.example",
                    "url=example.com&matchType=all",
                    "url=*.example.com&matchType=host",
                    "url=*.com",
                    "url=*.co.uk",
                    "url=example.com&output=xml",
                    "url=example.com&limit=-1",
                    "url=example.com&from=2024-01",
                    "url=example.com&filter=status",
                    "url=example.com&filter=~status:(",
                    "url=example.com&fl=a%20b",
                    "url=example.com&collapse=urlkey:0",
                    "url=example.com&sort=reverse",
                    "url=example.com&pageSize=99",
                    "url=example.com&resumeKey=AAAA"
                }) {
            HttpResponse<String> answer = client.get("/cdx?" + wrong);
            assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
            assertThat(answer.headers().firstValue("content-type").orElse(""))
                    .startsWith("text/plain");
            assertThat(answer.body()).as(wrong).isNotBlank().doesNotContain("Exception");
            HttpResponse<String> index =
                    client.get("/cdx/dataset%200-index?" + wrong, "Accept", "text/csv");
            assertThat(index.statusCode()).as(wrong).isEqualTo(400);
            assertThat(JSON.readTree(index.body()).path("message").asText()).isNotBlank();
        }
        assertThat(client.get("/cdx?url=example.com&collection=none").statusCode()).isEqualTo(404);
        assertThat(client.get("/cdx/none-index?url=example.com").statusCode()).isEqualTo(404);
        assertThat(client.get("/cdx/none?url=example.com").statusCode()).isEqualTo(404);
    }

    @Test
    void anExpressionThatTakesForEverIsRefused() throws Exception {
        String slow = "/cdx?url=*.example.com&filter=original:" + "(.*)".repeat(20) + "!";
        HttpResponse<String> answer = client.get(slow);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("too long to match");
    }

    private List<String> keys(String path) throws Exception {
        HttpResponse<String> answer = client.get(path);
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
        return answer.body().lines().toList();
    }

    private static UrlRow row(String scheme, String host, String path, String time) {
        String domain = host.contains("-not") ? "example-not.com" : "example.com";
        return UrlRow.of(
                new CanonicalUrl(
                        scheme.equals("http") ? Scheme.HTTP : Scheme.HTTPS, host, path, domain),
                time == null ? UrlRow.NO_TS : micros(time),
                Map.of());
    }

    private static long micros(String time) {
        return Instant.parse(time).toEpochMilli() * 1_000;
    }
}
