package dev.whence.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.url.CanonicalUrl;
import dev.whence.url.InvalidUrlException;
import dev.whence.url.PublicSuffixes;
import dev.whence.url.UrlCanonicalizer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The real lists, and the simple count that the answers are held against: sets of strings in
 * memory, nothing more.
 */
final class Lists {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final TreeMap<String, Path> files = new TreeMap<>();

    /** Dataset, then domain, then the URLs. */
    private final TreeMap<String, TreeMap<String, Set<String>>> urls = new TreeMap<>();

    private Lists() {}

    /** The demo lists, or a skipped test. */
    static Lists demo(int atMost) throws IOException {
        Path directory = Path.of(System.getProperty("whence.root"), "..", "shared", "data", "demo");
        assumeTrue(Files.isDirectory(directory), "the lists of ../shared/data/demo are absent");
        var lists = new Lists();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path file : entries.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".txt.gz") && lists.files.size() < atMost) {
                    lists.add(
                            name.substring(0, name.length() - ".txt.gz".length()),
                            file.toRealPath());
                }
            }
        }
        return lists;
    }

    private void add(String dataset, Path file) throws IOException {
        files.put(dataset, file);
        var byDomain = urls.computeIfAbsent(dataset, name -> new TreeMap<>());
        var canonicalizer = new UrlCanonicalizer(PublicSuffixes.bundled());
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                try {
                    CanonicalUrl url = canonicalizer.canonicalize(line);
                    byDomain.computeIfAbsent(url.domain(), domain -> new HashSet<>())
                            .add(url.url());
                } catch (InvalidUrlException e) {
                    continue; // rejected by ingest, too
                }
            }
        }
    }

    Map<String, Path> files() {
        return files;
    }

    long count(String dataset) {
        return urls.get(dataset).values().stream().mapToLong(Set::size).sum();
    }

    /** Domains of the lists, by chance. */
    List<String> someDomains(RandomGenerator random, int count) {
        var all = new TreeSet<String>();
        urls.values().forEach(byDomain -> all.addAll(byDomain.keySet()));
        List<String> domains = List.copyOf(all);
        return random.ints(count, 0, domains.size()).mapToObj(domains::get).toList();
    }

    /** Every dataset's count. */
    void assertCounts(Server server) throws Exception {
        var expected = new TreeMap<String, Long>();
        urls.keySet().forEach(dataset -> expected.put(dataset, count(dataset)));
        assertThat(counts(server)).isEqualTo(expected);
    }

    /** The same, once everything that was sent is served; nobody waits for ever. */
    void awaitCounts(Server server) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        long total = urls.keySet().stream().mapToLong(this::count).sum();
        while (counts(server).values().stream().mapToLong(Long::longValue).sum() < total
                && Instant.now().isBefore(deadline)) {
            Thread.sleep(200);
        }
        assertCounts(server);
    }

    static TreeMap<String, Long> counts(Server server) throws Exception {
        var counts = new TreeMap<String, Long>();
        for (JsonNode dataset : server.json("/v1/datasets").path("datasets")) {
            counts.put(dataset.path("name").asText(), dataset.path("url_count").asLong());
        }
        return counts;
    }

    /** Random domains: the datasets that hold them, and how many URLs each. */
    void assertDomains(Server server, RandomGenerator random, int samples) throws Exception {
        var all = new TreeSet<String>();
        urls.values().forEach(byDomain -> all.addAll(byDomain.keySet()));
        List<String> domains = List.copyOf(all);
        for (int sample = 0; sample < samples; sample++) {
            String domain = domains.get(random.nextInt(domains.size()));
            var expected = new TreeMap<String, Long>();
            urls.forEach((dataset, byDomain) -> {
                if (byDomain.containsKey(domain)) {
                    expected.put(dataset, (long) byDomain.get(domain).size());
                }
            });
            var found = new TreeMap<String, Long>();
            for (JsonNode dataset : server.json("/v1/domain/" + encode(domain)).path("datasets")) {
                found.put(dataset.path("name").asText(), dataset.path("url_count").asLong());
            }
            assertThat(found).as("datasets of %s", domain).isEqualTo(expected);
        }
    }

    /**
     * Random (domain, dataset) pairs: all their URLs, page by page along the cursors, URL for URL.
     */
    void assertPages(Server server, RandomGenerator random, int samples) throws Exception {
        var ids = new TreeMap<String, Long>();
        for (JsonNode dataset : server.json("/v1/datasets").path("datasets")) {
            ids.put(dataset.path("name").asText(), dataset.path("dataset_id").asLong());
        }
        List<String> datasets = List.copyOf(urls.keySet());
        for (int sample = 0; sample < samples; sample++) {
            String dataset = datasets.get(random.nextInt(datasets.size()));
            List<String> domains = List.copyOf(urls.get(dataset).keySet());
            String domain = domains.get(random.nextInt(domains.size()));
            Set<String> expected = urls.get(dataset).get(domain);
            List<String> found = page(server, domain, ids.get(dataset), 1 + random.nextInt(2000));
            assertThat(found).as("URLs of %s in %s", domain, dataset).doesNotHaveDuplicates();
            assertThat(new HashSet<>(found))
                    .as("URLs of %s in %s", domain, dataset)
                    .isEqualTo(expected);
        }
    }

    private static List<String> page(Server server, String domain, long datasetId, int limit)
            throws Exception {
        var found = new ArrayList<String>();
        String path =
                "/v1/domain/" + encode(domain) + "/datasets/" + datasetId + "/urls?limit=" + limit;
        String cursor = "";
        while (cursor != null) {
            JsonNode page =
                    server.json(cursor.isEmpty() ? path : path + "&cursor=" + encode(cursor));
            page.path("items").forEach(item -> found.add(item.path("url").asText()));
            cursor = page.path("next_cursor").isNull() ? null : page.path("next_cursor").asText();
        }
        return found;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
