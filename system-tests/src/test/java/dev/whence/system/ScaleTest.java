package dev.whence.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.catalog.BlockCache;
import dev.whence.catalog.GenerationRef;
import dev.whence.catalog.SegmentRef;
import dev.whence.catalog.Version;
import dev.whence.catalog.VersionChain;
import dev.whence.index.IndexSnapshot;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of datasets and millions of URLs, from Kafka to the answers: every count of every
 * dataset, random domains, and the overlap of the largest, each held against a simple count.
 */
@Tag("slow")
@EnabledIfSystemProperty(
        named = "whence.scale",
        matches = "true",
        disabledReason = "takes ten minutes and 5 GB of disk: ./whence test --scale")
class ScaleTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final int DOMAINS_ASKED = 10_000;
    private static final int LARGEST = 100;

    @TempDir Path data;

    @Test
    void everyCountIsThatOfASimpleCount() throws Exception {
        System.out.println("seed " + SEED);
        ScaleData scale = ScaleData.counted();
        try (WhenceProcess whence = WhenceProcess.up(data, "--no-sample")) {
            Instant began = Instant.now();
            scale.send(whence.kafka());
            await(whence.server(), scale.urls());
            System.out.printf(
                    "%,d rows of %,d datasets are served %s after the first was sent%n",
                    scale.rows(), scale.urls().size(), Duration.between(began, Instant.now()));

            assertThat(ofDatasets(whence.server(), "url_count")).isEqualTo(scale.urls());
            assertThat(ofDatasets(whence.server(), "domain_count")).isEqualTo(scale.domains());
            assertDomains(whence.server(), scale);
            CommandLine.Result check = whence.cli().run("check", "--deep");
            assertThat(check.exitCode()).as(check.all()).isZero();
            assertOverlap(whence, scale);
        }
    }

    private static void await(Server server, Map<String, Long> expected) throws Exception {
        long total = total(expected);
        Instant deadline = Instant.now().plus(PATIENCE);
        while (total(ofDatasets(server, "url_count")) < total && Instant.now().isBefore(deadline)) {
            Thread.sleep(1_000);
        }
    }

    private static long total(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, Long> ofDatasets(Server server, String count) throws Exception {
        var counts = new TreeMap<String, Long>();
        for (JsonNode dataset : server.json("/v1/datasets").path("datasets")) {
            counts.put(dataset.path("name").asText(), dataset.path(count).asLong());
        }
        return counts;
    }

    private static void assertDomains(Server server, ScaleData scale) throws Exception {
        Map<String, Map<String, Long>> byDomain = scale.byDomain();
        List<String> domains = new ArrayList<>(byDomain.keySet());
        Collections.shuffle(domains, new Random(SEED));
        for (String domain : domains.subList(0, Math.min(DOMAINS_ASKED, domains.size()))) {
            var found = new TreeMap<String, Long>();
            String path = "/v1/domain/" + URLEncoder.encode(domain, StandardCharsets.UTF_8);
            for (JsonNode dataset : server.json(path).path("datasets")) {
                found.put(dataset.path("name").asText(), dataset.path("url_count").asLong());
            }
            assertThat(found).as("datasets of %s", domain).isEqualTo(byDomain.get(domain));
        }
    }

    /** The version's own index, as a query service maps it. */
    private void assertOverlap(WhenceProcess whence, ScaleData scale) throws Exception {
        List<String> largest =
                scale.urls().entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .limit(LARGEST)
                        .map(Map.Entry::getKey)
                        .toList();
        Map<String, Integer> ids = new HashMap<>();
        for (JsonNode dataset : whence.server().json("/v1/datasets").path("datasets")) {
            ids.put(dataset.path("name").asText(), (int) dataset.path("dataset_id").asLong());
        }
        try (ObjectStore store = ObjectStores.directory(whence.bucket())) {
            Version version = new VersionChain(store).latest().orElseThrow();
            printBytes(version);
            try (IndexSnapshot index = open(store, version)) {
                long began = System.nanoTime();
                long[][] overlap = index.sets().overlap(largest.stream().map(ids::get).toList());
                System.out.printf(
                        "overlap of the %d largest, cold: %.2f s%n",
                        LARGEST, (System.nanoTime() - began) / 1e9);
                for (int i = 0; i < largest.size(); i++) {
                    for (int j = 0; j < largest.size(); j++) {
                        var shared = new HashSet<>(scale.domainsOf(largest.get(i)));
                        shared.retainAll(scale.domainsOf(largest.get(j)));
                        assertThat(overlap[i][j])
                                .as("domains of %s and %s", largest.get(i), largest.get(j))
                                .isEqualTo(shared.size());
                    }
                }
            }
        }
    }

    private static void printBytes(Version version) {
        var bytes = new TreeMap<String, Long>();
        version.blocks()
                .flatMap(block -> block.files().stream())
                .forEach(file -> bytes.merge(file.name(), file.bytes(), Long::sum));
        long domains = version.counts().domains();
        System.out.printf(
                "version %d: %d generations, %d segments, %,d domains, %,d files%n",
                version.number(),
                version.generations().size(),
                version.segments().size(),
                domains,
                version.counts().files());
        bytes.forEach((name, size) ->
                System.out.printf(
                        "  %-16s %,12d bytes %6.2f a domain%n",
                        name, size, (double) size / domains));
        System.out.printf("  in all %.2f bytes a domain%n", (double) total(bytes) / domains);
    }

    private IndexSnapshot open(ObjectStore store, Version version) throws Exception {
        var cache = new BlockCache(store, data.resolve("opened"));
        var generations = new ArrayList<Path>();
        for (GenerationRef generation : version.generations()) {
            generations.add(cache.fetch(generation.block()));
        }
        var segments = new ArrayList<Path>();
        for (SegmentRef segment : version.segments()) {
            segments.add(cache.fetch(segment.block()));
        }
        return IndexSnapshot.open(generations, segments);
    }
}
