package dev.whence.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.whence.lake.UrlRow;
import dev.whence.query.Publisher;
import dev.whence.query.Seed;
import dev.whence.url.CanonicalUrl;
import dev.whence.url.InvalidUrlException;
import dev.whence.url.PublicSuffixes;
import dev.whence.url.UrlCanonicalizer;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real URLs, asked for as they were found: every answer keeps the contract and tells the truth. */
@QuarkusTest
@WithTestResource(value = StoreResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@Tag("slow")
class DemoDataTest {
    private static final Path DEMO =
            Path.of(System.getProperty("whence.root"), "..", "shared", "data", "demo");
    private static final int LINES = 3_000;
    private static final int QUESTIONS = 250;

    @TestHTTPResource URI base;
    Publisher publisher;
    private final UrlCanonicalizer canonicalizer = new UrlCanonicalizer(PublicSuffixes.bundled());

    /** URLs by dataset, as they came and as they are kept. */
    private final TreeMap<Integer, LinkedHashMap<String, CanonicalUrl>> taken = new TreeMap<>();

    private final Map<String, TreeMap<Integer, Long>> holdings = new HashMap<>();

    @Test
    void everyAnswerKeepsTheContractAndTellsTheTruth() throws Exception {
        assumeTrue(Files.isDirectory(DEMO), "the demo data is not at " + DEMO);
        read();
        Map<Integer, List<UrlRow>> rows = new TreeMap<>();
        taken.forEach((id, urls) ->
                rows.put(
                        id,
                        urls.values().stream()
                                .distinct()
                                .map(url -> UrlRow.of(url, UrlRow.NO_TS, Map.of()))
                                .toList()));
        rows.forEach((id, all) ->
                all.forEach(row ->
                        holdings.computeIfAbsent(row.domain(), domain -> new TreeMap<>())
                                .merge(id, 1L, Long::sum)));
        publisher.publish(rows);
        var client = new Client(base);
        client.awaitServed(1);
        var contract = new OpenApi(client.json("/openapi?format=json"));
        Random random = Seed.random("DemoDataTest");
        for (int i = 0; i < QUESTIONS; i++) {
            int id = random.nextInt(taken.size());
            var urls = List.copyOf(taken.get(id).entrySet());
            var asked = urls.get(random.nextInt(urls.size()));
            CanonicalUrl url = asked.getValue();
            String domain = encoded(url.domain());
            JsonNode found = get(client, contract, "/v1/domain/" + domain);
            assertThat(counts(found)).isEqualTo(holdings.get(url.domain()));
            found = get(client, contract, "/v1/urls?url=" + encoded(asked.getKey()));
            assertThat(found.path("url").asText()).isEqualTo(url.url());
            assertThat(found.path("datasets").findValuesAsText("dataset_id"))
                    .as("%s: %s", asked.getKey(), found)
                    .contains(Integer.toString(id));
            String list = "/v1/domain/%s/datasets/%d/urls?host=%s&path_prefix=%s";
            found =
                    get(
                            client,
                            contract,
                            list.formatted(
                                    domain, id, encoded(url.host()), encoded(url.pathQuery())));
            assertThat(found.path("items").findValuesAsText("url")).contains(url.url());
            found = get(client, contract, "/v1/domain/" + domain + "/hosts?limit=1000");
            assertThat(found.path("hosts").findValuesAsText("host")).contains(url.host());
            found = get(client, contract, "/v1/domains?prefix=" + domain);
            assertThat(found.path("domains").get(0).path("domain").asText())
                    .isEqualTo(url.domain());
        }
        lookUpAll(client, contract);
    }

    private void lookUpAll(Client client, OpenApi contract) throws Exception {
        List<String> domains = holdings.keySet().stream().limit(10_000).toList();
        String path = "/v1/domains:lookup";
        HttpResponse<String> answer =
                client.post(path, new JsonMapper().writeValueAsString(Map.of("domains", domains)));
        contract.check("POST", path, answer);
        JsonNode items = Client.parse(answer).path("domains");
        assertThat(items).hasSameSizeAs(domains);
        for (int i = 0; i < domains.size(); i++) {
            assertThat(items.get(i).path("domain").asText()).isEqualTo(domains.get(i));
            assertThat(counts(items.get(i))).isEqualTo(holdings.get(domains.get(i)));
        }
    }

    private JsonNode get(Client client, OpenApi contract, String path) throws Exception {
        HttpResponse<String> answer = client.get(path);
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
        contract.check("GET", path.replaceAll("\\?.*", ""), answer);
        return Client.parse(answer);
    }

    private static Map<Integer, Long> counts(JsonNode answer) {
        Map<Integer, Long> counts = new TreeMap<>();
        answer.path("datasets")
                .forEach(each ->
                        counts.put(
                                each.path("dataset_id").asInt(), each.path("url_count").asLong()));
        return counts;
    }

    private void read() throws Exception {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(DEMO)) {
            all.filter(file -> file.toString().endsWith(".txt.gz")).sorted().forEach(files::add);
        }
        for (Path file : files) {
            var urls = new LinkedHashMap<String, CanonicalUrl>();
            try (var lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    new GZIPInputStream(Files.newInputStream(file)),
                                    StandardCharsets.UTF_8))) {
                lines.lines().limit(LINES).forEach(line -> take(line, urls));
            }
            taken.put(taken.size(), urls);
        }
    }

    private void take(String line, Map<String, CanonicalUrl> urls) {
        try {
            urls.put(line, canonicalizer.canonicalize(line));
        } catch (InvalidUrlException e) {
            assertThat(e).hasMessageContaining("not a URL");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
