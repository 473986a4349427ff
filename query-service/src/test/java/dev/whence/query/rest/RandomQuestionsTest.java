package dev.whence.query.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.lake.UrlFileOptions;
import dev.whence.lake.UrlRow;
import dev.whence.query.NaiveAnswers;
import dev.whence.query.Publisher;
import dev.whence.query.Seed;
import dev.whence.url.CanonicalUrl;
import dev.whence.url.Scheme;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Thousands of random questions to every call, judged by a look at every row. */
@QuarkusTest
@WithTestResource(value = StoreResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@Tag("slow")
class RandomQuestionsTest {
    private static final int VERSIONS = 4;
    private static final int DATASETS = 5;
    private static final int DOMAINS = 40;
    private static final int QUESTIONS = 3_000;
    private static final long FIRST_MICROS = 1_700_000_000_000_000L;

    @TestHTTPResource URI base;
    Publisher publisher;
    private Random random;
    private Client client;
    private OpenApi contract;

    @BeforeEach
    void publish() throws Exception {
        random = Seed.random("RandomQuestionsTest");
        client = new Client(base);
        if (publisher.newest() == 0) {
            publisher.options(new UrlFileOptions(1, 100, 1 << 20, true));
            for (int version = 1; version <= VERSIONS; version++) {
                Map<Integer, List<UrlRow>> added = new TreeMap<>();
                for (int id = 0; id < DATASETS; id++) {
                    // Every dataset is there from the first version on, and some grow.
                    if (version == 1 || random.nextBoolean()) {
                        added.put(id, rows(1 + random.nextInt(1_500)));
                    }
                }
                added.putIfAbsent(0, rows(10));
                publisher.publish(added);
            }
        }
        client.awaitServed(VERSIONS);
        contract = new OpenApi(client.json("/openapi?format=json"));
    }

    @Test
    void everyAnswerIsThatOfALookAtEveryRow() throws Exception {
        for (int i = 0; i < QUESTIONS; i++) {
            switch (random.nextInt(9)) {
                case 0 -> lookUp();
                case 1 -> lookUpMany();
                case 2 -> listByPrefix();
                case 3 -> listHosts();
                case 4, 5 -> listUrls();
                case 6 -> lookUpUrl();
                case 7 -> askForASet();
                default -> askForDatasets();
            }
        }
    }

    private void lookUp() throws Exception {
        NaiveAnswers model = model();
        String domain = domain();
        JsonNode answer = get("/v1/domain/" + domain + "?version=" + version(model));
        assertThat(counts(answer.path("datasets"), "url_count")).isEqualTo(model.holdings(domain));
    }

    private void lookUpMany() throws Exception {
        NaiveAnswers model = model();
        List<String> domains =
                Stream.generate(() -> random.nextInt(5) == 0 ? "no domain" : "WWW." + domain())
                        .limit(1 + random.nextInt(30))
                        .toList();
        JsonNode answer =
                post(
                        "/v1/domains:lookup?version=" + version(model),
                        "{\"domains\": [\"%s\"]}".formatted(String.join("\", \"", domains)));
        assertThat(answer.path("domains")).hasSameSizeAs(domains);
        for (int i = 0; i < domains.size(); i++) {
            JsonNode item = answer.path("domains").get(i);
            Map<Integer, Long> expected =
                    domains.get(i).startsWith("WWW.")
                            ? model.holdings(domains.get(i).substring(4))
                            : Map.of();
            assertThat(item.path("asked").asText()).isEqualTo(domains.get(i));
            assertThat(counts(item.path("datasets"), "url_count")).isEqualTo(expected);
            assertThat(item.path("status").asText())
                    .isEqualTo(
                            domains.get(i).equals("no domain")
                                    ? "invalid-domain"
                                    : expected.isEmpty() ? "not-found" : "found");
        }
    }

    private void listByPrefix() throws Exception {
        NaiveAnswers model = model();
        String prefix = domain().substring(0, random.nextInt(4));
        String query = prefix.isEmpty() ? "" : "&prefix=" + prefix;
        List<JsonNode> items = new ArrayList<>();
        String path = "/v1/domains?limit=" + (1 + random.nextInt(30)) + query;
        for (String next = "&version=" + version(model); next != null; ) {
            JsonNode page = get(path + next);
            page.path("domains").forEach(items::add);
            next = next(page);
        }
        assertThat(items)
                .extracting(item -> item.path("domain").asText())
                .isEqualTo(model.domains(prefix));
        for (JsonNode item : items) {
            Map<Integer, Long> holdings = model.holdings(item.path("domain").asText());
            assertThat(item.path("dataset_count").asInt()).isEqualTo(holdings.size());
            assertThat(item.path("url_count").asLong()).isEqualTo(sum(holdings));
        }
    }

    private void listHosts() throws Exception {
        NaiveAnswers model = model();
        String domain = domain();
        String below = random.nextBoolean() ? "" : "h" + random.nextInt(4) + "." + domain;
        boolean one = random.nextBoolean();
        int id = random.nextInt(DATASETS);
        Predicate<String> wanted =
                host -> {
                    String name = host.replaceAll(":[0-9]+$", "");
                    return below.isEmpty() || name.equals(below) || name.endsWith("." + below);
                };
        String path =
                "/v1/domain/%s/hosts?limit=%d%s"
                        .formatted(
                                below.isEmpty() ? domain : "*." + below,
                                1 + random.nextInt(6),
                                one ? "&dataset_id=" + id : "");
        var found = new TreeMap<String, Map<Integer, Long>>();
        for (String next = "&version=" + version(model); next != null; ) {
            JsonNode page = get(path + next);
            for (JsonNode item : page.path("hosts")) {
                Map<Integer, Long> counts = counts(item.path("datasets"), "url_count");
                assertThat(found.put(item.path("host").asText(), counts)).isNull();
                assertThat(item.path("url_count").asLong()).isEqualTo(sum(counts));
            }
            next = next(page);
        }
        var expected = model.hosts(domain, wanted);
        if (one) {
            expected.values().forEach(counts -> counts.keySet().retainAll(List.of(id)));
            expected.values().removeIf(Map::isEmpty);
        }
        assertThat(found).isEqualTo(expected);
    }

    private void listUrls() throws Exception {
        NaiveAnswers model = model();
        String domain = domain();
        int id = random.nextInt(DATASETS);
        Predicate<UrlRow> filter = row -> true;
        var query = new StringBuilder("?limit=" + (1 + random.nextInt(80)));
        if (random.nextInt(3) == 0) {
            String host = host(domain);
            query.append("&host=").append(host);
            filter = filter.and(row -> row.host().equals(host));
        }
        if (random.nextInt(3) == 0) {
            String prefix = "/" + Integer.toString(random.nextInt(64), 2);
            query.append("&path_prefix=").append(prefix);
            filter = filter.and(row -> row.pathQuery().startsWith(prefix));
        }
        if (random.nextInt(3) == 0) {
            long from = FIRST_MICROS + random.nextInt(1_000_000);
            query.append("&from=").append(time(from));
            filter = filter.and(row -> row.tsMicros() >= from);
        }
        if (random.nextInt(3) == 0) {
            long to = FIRST_MICROS + random.nextInt(1_000_000);
            query.append("&to=").append(time(to));
            filter = filter.and(row -> row.tsMicros() < to && row.tsMicros() != UrlRow.NO_TS);
        }
        List<String> expected = model.urls(domain, id, filter);
        List<String> found = new ArrayList<>();
        String path = "/v1/domain/%s/datasets/%d/urls%s".formatted(domain, id, query);
        for (String next = "&version=" + version(model); next != null; ) {
            JsonNode page = get(path + next);
            page.path("items").forEach(item -> found.add(item.path("url").asText()));
            if (query.indexOf("&") < 0) {
                assertThat(page.path("total").asLong()).isEqualTo(expected.size());
            }
            next = next(page);
        }
        assertThat(found).as(path).isEqualTo(expected);
        if (query.indexOf("from") < 0 && query.indexOf("to") < 0 && query.indexOf("path") < 0) {
            int offset = random.nextInt(expected.size() + 2);
            JsonNode page = get(path + "&offset=" + offset + "&version=" + version(model));
            assertThat(page.path("items").findValuesAsText("url"))
                    .isEqualTo(
                            expected.stream()
                                    .skip(offset)
                                    .limit(page.path("items").size())
                                    .toList());
            assertThat(page.path("items").isEmpty()).isEqualTo(offset >= expected.size());
        }
    }

    private void lookUpUrl() throws Exception {
        NaiveAnswers model = model();
        List<UrlRow> all = model.contents().rows().get(random.nextInt(DATASETS));
        String url = all.get(random.nextInt(all.size())).url();
        if (random.nextInt(3) == 0) {
            url += "x";
        }
        JsonNode answer =
                get(
                        "/v1/urls?url=%s&version=%d"
                                .formatted(
                                        URLEncoder.encode(url, StandardCharsets.UTF_8),
                                        version(model)));
        assertThat(answer.path("url").asText()).isEqualTo(url);
        assertThat(counts(answer.path("datasets"), "row_count")).isEqualTo(model.holders(url));
    }

    private void askForASet() throws Exception {
        NaiveAnswers model = model();
        List<Integer> allOf = some(2);
        List<Integer> anyOf = some(3);
        List<Integer> noneOf = some(2);
        List<Integer> overlap = some(3);
        if (allOf.isEmpty() && anyOf.isEmpty()) {
            anyOf = List.of(random.nextInt(DATASETS));
        }
        String prefix = domain().substring(0, random.nextInt(3));
        List<String> found = new ArrayList<>();
        List<String> set = model.set(allOf, anyOf, noneOf);
        String version = "?version=" + version(model);
        for (String cursor = ""; cursor != null; version = "") {
            String body =
                    "{\"all_of\": %s, \"any_of\": %s, \"none_of\": %s, \"prefix\": \"%s\", \"limit\": %d, \"overlap\": %s%s}"
                            .formatted(
                                    allOf,
                                    anyOf,
                                    noneOf,
                                    prefix,
                                    1 + random.nextInt(20),
                                    overlap,
                                    cursor);
            JsonNode page = post("/v1/sets" + version, body);
            assertThat(page.path("count").asLong()).as(body).isEqualTo(set.size());
            page.path("domains").forEach(item -> found.add(item.path("domain").asText()));
            for (int i = 0; i < overlap.size(); i++) {
                for (int j = 0; j < overlap.size(); j++) {
                    assertThat(page.path("overlap").path("domain_counts").get(i).get(j).asLong())
                            .isEqualTo(model.shared(overlap.get(i), overlap.get(j)));
                }
            }
            String next = page.path("next_cursor").asText(null);
            cursor = page.path("next_cursor").isNull() ? null : ", \"cursor\": \"" + next + "\"";
        }
        assertThat(found).isEqualTo(set.stream().filter(name -> name.startsWith(prefix)).toList());
    }

    private void askForDatasets() throws Exception {
        NaiveAnswers model = model();
        JsonNode all = get("/v1/datasets?version=" + version(model)).path("datasets");
        long urls = model.contents().rows().values().stream().mapToLong(List::size).sum();
        for (JsonNode dataset : all) {
            List<UrlRow> rows = model.contents().rows().get(dataset.path("dataset_id").asInt());
            assertThat(dataset.path("url_count").asLong()).isEqualTo(rows.size());
            assertThat(dataset.path("domain_count").asLong())
                    .isEqualTo(model.domainsOf(dataset.path("dataset_id").asInt()).size());
            assertThat(dataset.path("share").asDouble()).isEqualTo((double) rows.size() / urls);
            assertThat(dataset.path("files").asLong()).isPositive();
            assertThat(dataset.path("bytes").asLong()).isPositive();
        }
        int id = random.nextInt(DATASETS);
        int limit = 1 + random.nextInt(50);
        JsonNode top =
                get(
                        "/v1/datasets/%d/domains?limit=%d&version=%d"
                                .formatted(id, limit, version(model)));
        assertThat(top.path("domains"))
                .extracting(item -> item.path("url_count").asLong())
                .isEqualTo(model.top(id, limit));
    }

    /** Any version. */
    private NaiveAnswers model() {
        return new NaiveAnswers(publisher.contents(1 + random.nextInt(VERSIONS)));
    }

    private long version(NaiveAnswers model) {
        return IntStream.rangeClosed(1, VERSIONS)
                .filter(number -> publisher.contents(number) == model.contents())
                .findFirst()
                .orElseThrow();
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = client.get(path);
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
        contract.check("GET", path.replaceAll("\\?.*", ""), answer);
        return Client.parse(answer);
    }

    private JsonNode post(String path, String body) throws Exception {
        HttpResponse<String> answer = client.post(path, body);
        assertThat(answer.statusCode()).as("%s %s: %s", path, body, answer.body()).isEqualTo(200);
        contract.check("POST", path.replaceAll("\\?.*", ""), answer);
        return Client.parse(answer);
    }

    private static String next(JsonNode page) {
        JsonNode cursor = page.path("next_cursor");
        return cursor.isNull() ? null : "&cursor=" + cursor.asText();
    }

    private List<Integer> some(int most) {
        return IntStream.range(0, random.nextInt(most + 1))
                .map(i -> random.nextInt(DATASETS))
                .distinct()
                .boxed()
                .toList();
    }

    private String domain() {
        return "d" + (int) (random.nextDouble() * random.nextDouble() * DOMAINS) + ".example";
    }

    private String host(String domain) {
        return switch (random.nextInt(6)) {
            case 0 -> domain;
            case 1 -> "h1." + domain + ":8080";
            case 2 -> "deep.h2." + domain;
            default -> "h" + random.nextInt(4) + "." + domain;
        };
    }

    private List<UrlRow> rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    String domain = domain();
                    var url =
                            new CanonicalUrl(
                                    random.nextBoolean() ? Scheme.HTTP : Scheme.HTTPS,
                                    host(domain),
                                    "/" + Integer.toString(random.nextInt(2_000), 2),
                                    domain);
                    long ts =
                            random.nextBoolean()
                                    ? UrlRow.NO_TS
                                    : FIRST_MICROS + random.nextInt(1_000_000);
                    return UrlRow.of(url, ts, Map.of());
                })
                .toList();
    }

    private static String time(long micros) {
        return Instant.EPOCH.plusNanos(micros * 1_000).toString();
    }

    private static Map<Integer, Long> counts(JsonNode datasets, String field) {
        Map<Integer, Long> counts = new TreeMap<>();
        StreamSupport.stream(datasets.spliterator(), false)
                .forEach(each ->
                        counts.put(each.path("dataset_id").asInt(), each.path(field).asLong()));
        return counts;
    }

    private static long sum(Map<Integer, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
