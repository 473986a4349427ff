package dev.whence.query.rest;

import static dev.whence.query.Rows.row;
import static dev.whence.query.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.lake.UrlRow;
import dev.whence.query.Publisher;
import dev.whence.url.CanonicalUrl;
import dev.whence.url.Fingerprint;
import dev.whence.url.Scheme;
import dev.whence.url.UrlProfile;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every call over a real socket, judged by what was published. */
@QuarkusTest
@WithTestResource(value = StoreResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class AnswersTest {
    private static final UrlRow DATED =
            UrlRow.of(
                    new CanonicalUrl(Scheme.FTP, "files.a.example:2121", "/b?c=d", "a.example"),
                    1_718_323_200_000_001L,
                    Map.of());

    @TestHTTPResource URI base;
    Publisher publisher;
    private Client client;

    @BeforeEach
    void publish() throws Exception {
        client = new Client(base);
        if (publisher.newest() == 0) {
            publisher.publish(Map.of(0, rows("a.example", "x", 3), -1, List.of(DATED)));
            publisher.publish(0, rows("a.example", "y", 20));
        }
        client.awaitServed(publisher.newest());
    }

    @Test
    void aDomainHasItsDatasetsWithTheirCounts() throws Exception {
        JsonNode answer = client.json("/v1/domain/a.example");
        assertThat(answer.path("domain").asText()).isEqualTo("a.example");
        assertThat(answer.path("domain_id").asText())
                .isEqualTo(Fingerprint.hex(Fingerprint.of("a.example")))
                .hasSize(16);
        assertThat(answer.path("version").asLong()).isEqualTo(publisher.newest());
        JsonNode first = answer.path("datasets").get(0);
        assertThat(first.path("dataset_id").asLong()).isZero();
        assertThat(first.path("name").asText()).isEqualTo("dataset 0");
        assertThat(first.path("url_count").asLong())
                .isEqualTo(publisher.contents(publisher.newest()).of("a.example", 0).size());
        JsonNode last = answer.path("datasets").get(answer.path("datasets").size() - 1);
        assertThat(last.path("dataset_id").asLong()).isEqualTo(4_294_967_295L);
    }

    @Test
    void aHostInAnyCaseStandsForItsDomain() throws Exception {
        for (String host : new String[] {"A.EXAMPLE", "www.a.example", "Files.A.Example."}) {
            JsonNode answer = client.json("/v1/domain/" + host);
            assertThat(answer.path("domain").asText()).as(host).isEqualTo("a.example");
            assertThat(answer.path("datasets")).isNotEmpty();
        }
        assertThat(client.json("/v1/domain/WWW.B%C3%BCcher.example").path("domain").asText())
                .isEqualTo("xn--bcher-kva.example");
    }

    @Test
    void anUnknownDomainIsInNoDatasetAndABadOneIsAProblem() throws Exception {
        assertThat(client.json("/v1/domain/nowhere.example").path("datasets")).isEmpty();
        for (String bad : new String[] {"a%20b", "exa%2Fmple.com", "%00"}) {
            assertThat(client.problem(400, "/v1/domain/" + bad).path("type").asText())
                    .isEqualTo("urn:whence:problem:invalid-domain");
        }
        client.problem(400, "/v1/domain/" + "a".repeat(2_000));
    }

    @Test
    void urlsComeInTheOrderOfFilesWithIdsAndTimes() throws Exception {
        JsonNode page = client.json("/v1/domain/a.example/datasets/4294967295/urls");
        assertThat(page.path("total").asLong()).isEqualTo(1);
        assertThat(page.path("next_cursor").isNull()).isTrue();
        assertThat(page.path("next_offset").isNull()).isTrue();
        JsonNode item = page.path("items").get(0);
        assertThat(item.path("url").asText()).isEqualTo("ftp://files.a.example:2121/b?c=d");
        assertThat(item.path("url_id").asText()).isEqualTo(Fingerprint.hex(DATED.urlId()));
        assertThat(item.path("ts").asText()).isEqualTo("2024-06-14T00:00:00.000001Z");
        JsonNode all = client.json("/v1/domain/a.example/datasets/0/urls");
        assertThat(urls(all)).isEqualTo(expected(publisher.newest()));
        assertThat(all.path("items").get(0).path("ts").isNull()).isTrue();
    }

    @Test
    void pagesByOffsetAreTheList() throws Exception {
        List<String> expected = expected(publisher.newest());
        for (int offset = 0; offset < expected.size() + 2; offset++) {
            JsonNode page =
                    client.json("/v1/domain/a.example/datasets/0/urls?limit=4&offset=" + offset);
            int from = Math.min(offset, expected.size());
            int to = Math.min(offset + 4, expected.size());
            assertThat(urls(page)).isEqualTo(expected.subList(from, to));
            assertThat(page.path("next_offset").asLong(-1))
                    .isEqualTo(to < expected.size() ? to : -1);
        }
    }

    @Test
    void aCursorGoesOnInItsVersionWhateverIsPublishedMeanwhile() throws Exception {
        long begun = publisher.newest();
        List<String> expected = expected(begun);
        List<String> found = new ArrayList<>();
        JsonNode page = client.json("/v1/domain/a.example/datasets/0/urls?limit=5");
        found.addAll(urls(page));
        while (!page.path("next_cursor").isNull()) {
            publisher.publish(0, List.of(row("a.example", "/0/" + publisher.newest())));
            client.awaitServed(publisher.newest());
            page =
                    client.json(
                            "/v1/domain/a.example/datasets/0/urls?limit=5&cursor="
                                    + page.path("next_cursor").asText());
            assertThat(page.path("version").asLong()).isEqualTo(begun);
            found.addAll(urls(page));
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void aPinnedQuestionIsAnsweredByItsVersion() throws Exception {
        JsonNode answer = client.json("/v1/domain/a.example?version=1");
        assertThat(answer.path("version").asLong()).isEqualTo(1);
        assertThat(answer.path("datasets").get(0).path("url_count").asLong()).isEqualTo(3);
        assertThat(urls(client.json("/v1/domain/a.example/datasets/0/urls?version=1")))
                .isEqualTo(expected(1));
        assertThat(client.json("/v1/datasets?version=1").path("version").asLong()).isEqualTo(1);
    }

    @Test
    void datasetsHaveTheirCounts() throws Exception {
        JsonNode answer = client.json("/v1/datasets");
        assertThat(answer.path("datasets").findValuesAsText("dataset_id"))
                .contains("0", "4294967295");
        JsonNode one = client.json("/v1/datasets/0");
        long rows = publisher.contents(publisher.newest()).rows().get(0).size();
        assertThat(one.path("name").asText()).isEqualTo("dataset 0");
        assertThat(one.path("url_count").asLong()).isEqualTo(rows);
        assertThat(one.path("domain_count").asLong()).isEqualTo(1);
    }

    @Test
    void versionsAreListedNewestFirstPageByPage() throws Exception {
        List<String> found = new ArrayList<>();
        JsonNode page = client.json("/v1/versions?limit=1");
        JsonNode newest = page.path("versions").get(0);
        assertThat(newest.path("served").asBoolean()).isTrue();
        assertThat(newest.path("age_seconds").asLong()).isNotNegative();
        assertThat(newest.path("log_positions").get(0).path("topic_id").asText())
                .isEqualTo("topic");
        assertThat(newest.path("log_positions").get(0).path("next_offset").asLong())
                .isEqualTo(publisher.newest() * 100);
        assertThat(newest.path("queued").get(0).path("name").asText()).isEqualTo("dataset 0");
        assertThat(newest.path("queued").get(0).path("since").asLong())
                .isEqualTo(publisher.newest());
        JsonNode change = newest.path("changes").get(0);
        assertThat(change.path("name").asText()).isEqualTo("dataset 0");
        assertThat(change.path("read").asLong()).isEqualTo(change.path("accepted").asLong() + 2);
        assertThat(change.path("rejected").path("unsupported-scheme").asLong()).isEqualTo(2);
        while (true) {
            found.addAll(page.path("versions").findValuesAsText("number"));
            if (page.path("next_after").isNull()) {
                break;
            }
            page = client.json("/v1/versions?limit=1&after=" + page.path("next_after").asText());
        }
        List<String> expected = new ArrayList<>();
        for (long number = publisher.newest(); number >= 1; number--) {
            expected.add(Long.toString(number));
        }
        assertThat(found).isEqualTo(expected);
        assertThat(client.json("/v1/versions/1").path("counts").path("urls").asLong()).isEqualTo(4);
    }

    @Test
    void aVersionsFilesAreListedExactly() throws Exception {
        JsonNode answer = client.json("/v1/versions/1/files");
        assertThat(answer.path("files")).hasSize(2);
        for (JsonNode file : answer.path("files")) {
            String key = file.path("key").asText();
            assertThat(publisher.store().head(key).bytes()).isEqualTo(file.path("bytes").asLong());
            assertThat(file.path("location").asText())
                    .isEqualTo(publisher.store().location(key).toString());
        }
        JsonNode some = client.json("/v1/versions/1/files?dataset_id=4294967295");
        assertThat(some.path("files")).hasSize(1);
        assertThat(some.path("files").get(0).path("rows").asLong()).isEqualTo(1);
        client.problem(404, "/v1/versions/1/files?dataset_id=77");
    }

    @Test
    void whoHasTheAnswerAlreadyGetsNoBody() throws Exception {
        for (String path :
                new String[] {
                    "/v1/domain/a.example?version=1",
                    "/v1/domain/a.example/datasets/0/urls?version=1",
                    "/v1/datasets?version=1",
                    "/v1/datasets/0?version=1"
                }) {
            HttpResponse<String> first = client.get(path);
            String tag = first.headers().firstValue("etag").orElseThrow();
            assertThat(tag).as("it tells nothing").matches("W/\"[0-9a-f]{32}-[0-9]\"");
            assertThat(first.headers().firstValue("cache-control")).hasValue("no-cache");
            HttpResponse<String> again = client.get(path, "If-None-Match", "\"other\", " + tag);
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.headers().firstValue("etag")).hasValue(tag);
            String strong = tag.substring(2);
            assertThat(client.get(path, "If-None-Match", strong).statusCode()).isEqualTo(304);
            assertThat(client.get(path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aCacheCanTellACompressedAnswerFromAPlainOne() throws Exception {
        for (String path :
                new String[] {"/v1/datasets?version=1", "/v1/versions/1/files", "/v1/datasets/5"}) {
            HttpResponse<String> plain = client.get(path);
            assertThat(plain.headers().firstValue("content-encoding").orElse("identity"))
                    .isEqualTo("identity");
            assertThat(plain.headers().allValues("vary")).containsExactly("Accept-Encoding");
        }
        HttpResponse<String> small =
                client.get("/v1/datasets?version=1", "Accept-Encoding", "gzip");
        assertThat(small.headers().firstValue("content-encoding")).hasValue("gzip");
        assertThat(small.headers().allValues("vary")).containsExactly("Accept-Encoding");
        assertThat(small.headers().firstValue("etag").orElse("")).startsWith("W/");
    }

    @Test
    void whatIsNotThereIsNotThereForWhoHasTheVersionsTagEither() throws Exception {
        String tag = client.get("/v1/datasets?version=1").headers().firstValue("etag").get();
        for (String path :
                new String[] {
                    "/v1/datasets/5?version=1", "/v1/domain/a.example/datasets/5/urls?version=1"
                }) {
            Client.problem(404, client.get(path, "If-None-Match", tag), path);
            Client.problem(404, client.get(path, "If-None-Match", "*"), path);
        }
    }

    @Test
    void everyErrorIsAProblemDocument() throws Exception {
        String urls = "/v1/domain/a.example/datasets/0/urls";
        for (String bad :
                new String[] {
                    urls + "?limit=0",
                    urls + "?limit=10001",
                    urls + "?limit=ten",
                    urls + "?offset=-1",
                    urls + "?offset=99999999999999999999",
                    urls + "?cursor=abc",
                    urls + "?cursor=AQAAAAAAAAEIAAAAAAAAC7i-Atk0",
                    urls + "?cursor=abc&offset=1",
                    urls + "?version=x",
                    "/v1/domain/a.example/datasets/4294967296/urls",
                    "/v1/datasets/-1",
                    "/v1/versions?limit=101",
                    "/v1/versions/newest"
                }) {
            client.problem(400, bad);
        }
        client.problem(404, "/v1/datasets/5");
        client.problem(404, "/v1/domain/a.example/datasets/5/urls");
        client.problem(404, "/v1/versions/1000000");
        client.problem(404, "/v1/nothing");
        client.problem(404, "/nothing.html");
        HttpResponse<String> post = client.send("POST", "/v1/datasets");
        Client.problem(405, post, "/v1/datasets");
        assertThat(post.headers().firstValue("allow").orElse("")).contains("GET");
        Client.problem(406, client.get("/v1/datasets", "Accept", "text/csv"), "/v1/datasets");
    }

    @Test
    void aParameterIsNeverSilentlyLeftOut() throws Exception {
        String urls = "/v1/domain/a.example/datasets/0/urls";
        Map<String, String> questions = new LinkedHashMap<>();
        questions.put(urls + "?cursor=", "cursor is empty");
        questions.put(urls + "?limit", "limit is empty");
        questions.put(urls + "?limit=1&limit=1", "limit is given 2 times");
        questions.put(
                urls + "?verison=1",
                "cursor, fields, from, host, limit, offset, path_prefix, to, version");
        questions.put(urls + "?dataset=1", "no parameter 'dataset'");
        questions.put("/v1/domain/a.example?version=", "version is empty");
        questions.put("/v1/domain/a.example?version=1&version=2", "version is given 2 times");
        questions.put("/v1/domain/a.example?limit=1", "no parameter 'limit'");
        questions.put("/v1/datasets?Version=1", "no parameter 'Version'");
        questions.put("/v1/datasets/0?domain=a.example", "no parameter 'domain'");
        questions.put("/v1/versions?version=1", "after, limit");
        questions.put("/v1/versions/1?limit=1", "it takes none");
        questions.put("/v1/versions/1/files?dataset_id=", "dataset_id is empty");
        questions.put("/v1/datasets?" + "x".repeat(100) + "=1", "xxx…'");
        for (var question : questions.entrySet()) {
            JsonNode problem = client.problem(400, question.getKey());
            assertThat(problem.path("type").asText()).isEqualTo("urn:whence:problem:bad-parameter");
            assertThat(problem.path("detail").asText()).contains(question.getValue());
        }
        for (String page :
                new String[] {
                    "/urls?domain=a.example&dataset=0&host=",
                    "/?x=",
                    "/q/health/live?x=1",
                    "/v1/datasets?"
                }) {
            assertThat(client.get(page).statusCode()).as(page).isEqualTo(200);
        }
    }

    @Test
    void aSemicolonCutsNoPath() throws Exception {
        for (String path :
                new String[] {
                    "/v1/domain/a.example;b=c",
                    "/v1/domain/a.example;",
                    "/v1/domain/a.example;x/datasets/0/urls",
                    "/v1/domain/a.example/datasets/0;1/urls",
                    "/v1/datasets/0;x=1",
                    "/v1/versions;x/1"
                }) {
            assertThat(client.problem(400, path).path("detail").asText())
                    .contains("';' in the path");
        }
        assertThat(client.json("/v1/domain/a.example%3Bb=c").path("domain").asText())
                .isEqualTo("a.example;b=c");
    }

    @Test
    void anAddressThatIsNoUriIsRefusedWithoutABody() throws Exception {
        for (String address :
                new String[] {
                    "/v1/domain/%zz",
                    "/v1/domain/%",
                    "/v1/domain/<a>",
                    "/v1/domain/a.example?version=%zz",
                    "/v1/datasets?%=1"
                }) {
            assertThat(client.raw(address))
                    .as(address)
                    .startsWith("HTTP/1.1 400")
                    .endsWith("\r\n\r\n");
        }
    }

    @Test
    void aCallWithoutADomainSaysThatOneIsMissing() throws Exception {
        for (String path :
                new String[] {
                    "/v1/domain",
                    "/v1/domain/",
                    "/v1/domain//datasets/0/urls",
                    "/v1/domain/..",
                    "/v1/domain/.",
                    "/v1/domain/%2e%2E",
                    "/v1/domain/../datasets/0/urls",
                    "/v1/domain//hosts"
                }) {
            JsonNode problem = client.rawProblem(400, path);
            assertThat(problem.path("type").asText())
                    .as(path)
                    .isEqualTo("urn:whence:problem:invalid-domain");
            assertThat(problem.path("detail").asText()).as(path).contains("domain");
        }
        client.problem(404, "/v1/domain/a.example/nothing");
    }

    @Test
    void aVersionThatIsNoLongerKeptIsGone() throws Exception {
        JsonNode page = client.json("/v1/domain/a.example/datasets/0/urls?limit=2");
        String cursor = page.path("next_cursor").asText();
        long kept = publisher.newest() + 1;
        publisher.retainFrom(kept).publish(0, List.of(row("a.example", "/kept/" + kept)));
        client.awaitServed(kept);
        client.problem(410, "/v1/domain/a.example?version=" + (kept - 1));
        client.problem(410, "/v1/versions/" + (kept - 1));
        assertThat(
                        client.problem(410, "/v1/domain/a.example/datasets/0/urls?cursor=" + cursor)
                                .path("detail")
                                .asText())
                .contains("begin again");
        publisher.retainFrom(1).publish(0, List.of(row("a.example", "/again/" + kept)));
        client.awaitServed(publisher.newest());
    }

    @Test
    void theEmptyVersionIsUnknownOnceThereIsAnother() throws Exception {
        for (String path :
                new String[] {
                    "/v1/domain/a.example?version=0", "/v1/versions/0", "/v1/versions/0/files"
                }) {
            JsonNode problem = client.problem(404, path);
            assertThat(problem.path("type").asText())
                    .isEqualTo("urn:whence:problem:unknown-version");
            assertThat(problem.path("detail").asText()).contains("There is no version 0");
        }
    }

    @Test
    void aRefusedVersionIsToldByHealthWhileTheOldOneIsServed() throws Exception {
        long good = publisher.newest();
        UrlProfile ours = UrlProfile.current();
        publisher
                .profile(new UrlProfile(ours.number() + 1, ours.suffixListDate()))
                .publish(0, List.of(row("a.example", "/refused/" + good)));
        publisher.profile(ours);
        JsonNode data = followData();
        Instant deadline = Instant.now().plusSeconds(60);
        while (!data.has("problem")) {
            assertThat(Instant.now()).as("the refusal is told").isBefore(deadline);
            data = followData();
        }
        assertThat(data.path("problem").asText()).contains("version " + (good + 1));
        assertThat(data.path("served").asLong()).isEqualTo(good);
        assertThat(client.json("/v1/domain/a.example").path("version").asLong()).isEqualTo(good);
        assertThat(client.problem(500, "/v1/datasets?version=" + (good + 1)).path("type").asText())
                .isEqualTo("urn:whence:problem:refused-version");
        publisher.publish(0, List.of(row("a.example", "/taken/" + good)));
        client.awaitServed(good + 2);
    }

    /** What the check of versions tells; there are others beside it. */
    private JsonNode followData() throws Exception {
        for (JsonNode check : client.json("/q/health/ready").path("checks")) {
            if (check.path("data").has("served")) {
                return check.path("data");
            }
        }
        throw new AssertionError("no check tells which version is served");
    }

    @Test
    void livenessTellsWhetherVersionsAreFollowed() throws Exception {
        JsonNode health = client.json("/q/health/live");
        assertThat(health.path("checks").findValuesAsText("name")).contains("query");
        assertThat(health.path("status").asText()).isEqualTo("UP");
    }

    @Test
    void everyAnswerCarriesTheSecurityHeaders() throws Exception {
        for (String path : new String[] {"/", "/v1/datasets", "/v1/nothing"}) {
            var headers = client.get(path, "Origin", "https://elsewhere.example").headers();
            assertThat(headers.firstValue("content-security-policy").orElse(""))
                    .contains("default-src 'none'")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(headers.firstValue("x-content-type-options")).hasValue("nosniff");
            assertThat(headers.firstValue("referrer-policy")).hasValue("no-referrer");
            assertThat(headers.firstValue("access-control-allow-origin")).isEmpty();
        }
    }

    @Test
    void metricsTellOfLookupsAndSwaps() throws Exception {
        client.json("/v1/domain/a.example");
        String metrics = client.get("/q/metrics", "Accept", "text/plain").body();
        assertThat(metrics)
                .containsPattern("whence_query_lookups_total\\{outcome=\"hit\".*\\} [1-9]")
                .containsPattern("whence_query_swaps_total [1-9]")
                .contains("whence_query_latency_seconds_bucket")
                .contains("whence_query_open_versions")
                .contains("whence_query_version " + (double) publisher.newest())
                .contains("whence_query_version_lag 0.0")
                .contains("whence_query_cache_hits_total");
    }

    private List<String> expected(long version) {
        return publisher.contents(version).of("a.example", 0).stream().map(UrlRow::url).toList();
    }

    private static List<String> urls(JsonNode page) {
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .map(item -> item.path("url").asText())
                .toList();
    }
}
