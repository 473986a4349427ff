package dev.whence.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.system.CommandLine;
import dev.whence.system.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Judges every fault alike: all that was accepted is there exactly once, nothing wrong was told
 * meanwhile, and it came back by itself.
 */
final class Judge {
    /** How long recovery may take; what it took is measured, not asserted. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final int POLL_MILLIS = 100;
    private static final int PAGE = 700;

    private final Truth truth;
    private final Witness witness;
    private final Service query;
    private final List<Service> services;
    private final CommandLine commandLine;

    /**
     * @param services all of them, as they come; each must be ready in the end
     * @param commandLine which knows the store
     */
    Judge(
            Truth truth,
            Witness witness,
            Service query,
            List<Service> services,
            CommandLine commandLine) {
        this.truth = truth;
        this.witness = witness;
        this.query = query;
        this.services = services;
        this.commandLine = commandLine;
    }

    /** Returns if the promises held. */
    Verdict judge(String fault, Instant mended) throws Exception {
        awaitRecovery(mended);
        Duration recovery = Duration.between(mended, Instant.now());
        Server server = query.server();
        for (String domain : Truth.domains()) {
            assertThat(counts(server, "/v1/domain/" + domain))
                    .as("datasets of %s", domain)
                    .isEqualTo(truth.counts(domain));
        }
        assertUrls(server);
        Witness.Heard heard = witness.hear();
        assertThat(heard.wrong()).as("wrong answers").isEmpty();
        assertThat(heard.right()).as("right answers").isPositive();
        CommandLine.Result check = commandLine.run("check", "--deep");
        assertThat(check.exitCode()).as(check.all()).isZero();
        var verdict =
                new Verdict(
                        fault,
                        recovery,
                        truth.batches(),
                        heard.right(),
                        heard.errors(),
                        heard.silences());
        System.out.println(verdict);
        return verdict;
    }

    private void awaitRecovery(Instant mended) throws Exception {
        Instant deadline = mended.plus(PATIENCE);
        String missing = missing();
        while (missing != null) {
            assertThat(Instant.now()).as("recovered: %s", missing).isBefore(deadline);
            Thread.sleep(POLL_MILLIS);
            missing = missing();
        }
    }

    /** What is not as it should be; null if all is. */
    private String missing() throws Exception {
        for (Service service : services) {
            if (!service.isReady()) {
                return service.name() + " is not ready";
            }
        }
        TreeMap<String, Long> found;
        try {
            found = counts(query.server(), "/v1/datasets");
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | AssertionError e) {
            return "no answer: " + e;
        }
        TreeMap<String, Long> expected = truth.counts();
        return found.equals(expected) ? null : "served %s of %s".formatted(found, expected);
    }

    private static TreeMap<String, Long> counts(Server server, String path) throws Exception {
        var counts = new TreeMap<String, Long>();
        for (JsonNode dataset : server.json(path).path("datasets")) {
            counts.put(dataset.path("name").asText(), dataset.path("url_count").asLong());
        }
        return counts;
    }

    /** Every URL of every domain in every dataset, page by page. */
    private void assertUrls(Server server) throws Exception {
        for (JsonNode dataset : server.json("/v1/datasets").path("datasets")) {
            for (String domain : Truth.domains()) {
                String path =
                        "/v1/domain/%s/datasets/%d/urls?limit=%d"
                                .formatted(domain, dataset.path("dataset_id").asLong(), PAGE);
                String name = dataset.path("name").asText();
                assertThat(urls(server, path))
                        .as("URLs of %s in %s", domain, name)
                        .isEqualTo(truth.urls(name, domain));
            }
        }
    }

    private static List<String> urls(Server server, String path) throws Exception {
        var urls = new ArrayList<String>();
        JsonNode page = server.json(path);
        while (true) {
            page.path("items").forEach(item -> urls.add(item.path("url").asText()));
            if (page.path("next_cursor").isNull()) {
                return urls.stream().sorted().toList();
            }
            page = server.json(path + "&cursor=" + page.path("next_cursor").asText());
        }
    }
}
