package dev.whence.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.luben.zstd.ZstdInputStream;
import dev.whence.url.CanonicalUrl;
import dev.whence.url.InvalidUrlException;
import dev.whence.url.PublicSuffixes;
import dev.whence.url.UrlCanonicalizer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The thousands of datasets of the scale data, and the simple count of what each holds. */
final class ScaleData {
    private static final String TOPIC = "whence.url-batches";
    private static final int WINDOW_LOG = 27;
    private static final int URLS_IN_BATCH = 2_000;

    private final Path file;

    /** Dataset, then domain, then how many different URLs. */
    private final Map<String, Map<String, Long>> counts = new TreeMap<>();

    private long rows;

    private ScaleData(Path file) {
        this.file = file;
    }

    /** Counts it, a dataset at a time; or a skipped test. */
    static ScaleData counted() throws IOException {
        Path file =
                Path.of(System.getProperty("whence.root"), "..", "shared", "data", "scale.tsv.zst");
        assumeTrue(Files.isRegularFile(file), "../shared/data/scale.tsv.zst is absent");
        var data = new ScaleData(file);
        var canonicalizer = new UrlCanonicalizer(PublicSuffixes.bundled());
        var domains = new HashMap<String, String>();
        data.forEachDataset((dataset, urls) -> data.count(dataset, urls, canonicalizer, domains));
        return data;
    }

    long rows() {
        return rows;
    }

    /** How many URLs each dataset holds. */
    Map<String, Long> urls() {
        var urls = new TreeMap<String, Long>();
        counts.forEach((dataset, byDomain) ->
                urls.put(dataset, byDomain.values().stream().mapToLong(Long::longValue).sum()));
        return urls;
    }

    /** How many domains each dataset holds. */
    Map<String, Long> domains() {
        var domains = new TreeMap<String, Long>();
        counts.forEach((dataset, byDomain) -> domains.put(dataset, (long) byDomain.size()));
        return domains;
    }

    /** The domains that a dataset holds. */
    Set<String> domainsOf(String dataset) {
        return counts.get(dataset).keySet();
    }

    /** For each domain, how many of its URLs each dataset holds. */
    Map<String, Map<String, Long>> byDomain() {
        var byDomain = new TreeMap<String, Map<String, Long>>();
        counts.forEach((dataset, domains) ->
                domains.forEach((domain, urls) ->
                        byDomain.computeIfAbsent(domain, _ -> new TreeMap<>()).put(dataset, urls)));
        return byDomain;
    }

    /** Sends everything as batches of {@code insert}, and waits until all are acknowledged. */
    void send(String kafka) throws Exception {
        var settings =
                Map.<String, Object>of(
                        "bootstrap.servers",
                        kafka,
                        "compression.type",
                        "zstd",
                        "max.request.size",
                        1 << 20);
        var json = new JsonMapper();
        var sent = new ArrayList<Future<RecordMetadata>>();
        try (var producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            forEachDataset((dataset, urls) -> {
                for (int at = 0; at < urls.size(); at += URLS_IN_BATCH) {
                    var some = urls.subList(at, Math.min(at + URLS_IN_BATCH, urls.size()));
                    byte[] batch = json.writeValueAsBytes(Map.of("dataset", dataset, "urls", some));
                    sent.add(producer.send(new ProducerRecord<>(TOPIC, dataset, batch)));
                }
            });
        }
        for (Future<RecordMetadata> batch : sent) {
            batch.get();
        }
    }

    private void count(
            String dataset,
            List<String> urls,
            UrlCanonicalizer canonicalizer,
            Map<String, String> domains) {
        var different = new HashMap<String, Set<String>>();
        for (String url : urls) {
            rows++;
            try {
                CanonicalUrl canonical = canonicalizer.canonicalize(url);
                String domain = domains.computeIfAbsent(canonical.domain(), name -> name);
                different.computeIfAbsent(domain, _ -> new HashSet<>()).add(canonical.url());
            } catch (InvalidUrlException e) {
                continue; // rejected by ingest, too
            }
        }
        var byDomain = new HashMap<String, Long>();
        different.forEach((domain, found) -> byDomain.put(domain, (long) found.size()));
        if (!byDomain.isEmpty()) {
            counts.put(dataset, byDomain);
        }
    }

    private interface Visitor {
        void visit(String dataset, List<String> urls) throws IOException;
    }

    /** The file is sorted by dataset. */
    private void forEachDataset(Visitor visitor) throws IOException {
        try (var zstd = new ZstdInputStream(Files.newInputStream(file)).setLongMax(WINDOW_LOG);
                var lines =
                        new BufferedReader(new InputStreamReader(zstd, StandardCharsets.UTF_8))) {
            String dataset = "";
            var urls = new ArrayList<String>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int tab = line.indexOf('\t');
                String name = line.substring(0, tab);
                if (!name.equals(dataset)) {
                    visit(visitor, dataset, urls);
                    dataset = name;
                    urls.clear();
                }
                urls.add(line.substring(tab + 1));
            }
            visit(visitor, dataset, urls);
        }
    }

    private static void visit(Visitor visitor, String dataset, List<String> urls)
            throws IOException {
        if (!urls.isEmpty()) {
            visitor.visit(dataset, urls);
        }
    }
}
