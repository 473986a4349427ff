package dev.whence.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.system.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What the query service serves when nothing comes in any more, beside all that was accepted. */
final class Served {
    private static final int PAGE = 700;

    private final Truth truth;
    private final Service query;

    Served(Truth truth, Service query) {
        this.truth = truth;
        this.query = query;
    }

    /** How it differs in numbers from what was accepted; null if it does not. */
    String difference() throws InterruptedException {
        TreeMap<String, Long> found;
        try {
            found = counts("/v1/datasets");
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | AssertionError e) {
            return "no answer: " + e;
        }
        TreeMap<String, Long> expected = truth.counts();
        return found.equals(expected) ? null : "served %s of %s".formatted(found, expected);
    }

    /** Every count of every domain, and every URL, page by page, is what was accepted. */
    void assertWhole() throws Exception {
        for (String domain : Truth.domains()) {
            assertThat(counts("/v1/domain/" + domain))
                    .as("datasets of %s", domain)
                    .isEqualTo(truth.counts(domain));
        }
        for (JsonNode dataset : server().json("/v1/datasets").path("datasets")) {
            for (String domain : Truth.domains()) {
                String path =
                        "/v1/domain/%s/datasets/%d/urls?limit=%d"
                                .formatted(domain, dataset.path("dataset_id").asLong(), PAGE);
                String name = dataset.path("name").asText();
                assertThat(urls(path))
                        .as("URLs of %s in %s", domain, name)
                        .isEqualTo(truth.urls(name, domain));
            }
        }
    }

    private Server server() throws Exception {
        return query.server();
    }

    private TreeMap<String, Long> counts(String path) throws Exception {
        var counts = new TreeMap<String, Long>();
        for (JsonNode dataset : server().json(path).path("datasets")) {
            counts.put(dataset.path("name").asText(), dataset.path("url_count").asLong());
        }
        return counts;
    }

    private List<String> urls(String path) throws Exception {
        var urls = new ArrayList<String>();
        JsonNode page = server().json(path);
        while (true) {
            page.path("items").forEach(item -> urls.add(item.path("url").asText()));
            if (page.path("next_cursor").isNull()) {
                return urls.stream().sorted().toList();
            }
            page = server().json(path + "&cursor=" + page.path("next_cursor").asText());
        }
    }
}
