package dev.whence.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Asks without end, and holds each answer against the truth. Right is what was true after so many
 * batches of a dataset, and never after fewer than an answer before told of. An error that says of
 * itself that it is one, and no answer at all, are honest.
 */
final class Witness implements AutoCloseable {
    private static final int PAUSE_MILLIS = 20;
    private static final int PAGE = 10_000;

    /** What was heard since the last time that somebody asked. */
    record Heard(long right, Map<String, Integer> errors, long silences, List<String> wrong) {}

    private final Service query;
    private final Truth truth;
    private final RandomGenerator random;
    private final JsonMapper json = new JsonMapper();
    private final Thread thread;

    /** Of the witness's thread alone: how many batches of each dataset were told of. */
    private final Map<String, Integer> toldOf = new HashMap<>();

    private final Map<String, Long> ids = new TreeMap<>();

    private long right;
    private long silences;
    private Map<String, Integer> errors = new TreeMap<>();
    private List<String> wrong = new ArrayList<>();

    Witness(Service query, Truth truth, RandomGenerator random) {
        this.query = query;
        this.truth = truth;
        this.random = random;
        this.thread = Thread.ofPlatform().daemon().name("witness").start(this::ask);
    }

    synchronized Heard hear() {
        var heard = new Heard(right, errors, silences, wrong);
        right = 0;
        silences = 0;
        errors = new TreeMap<>();
        wrong = new ArrayList<>();
        return heard;
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void ask() {
        try {
            while (true) {
                askOnce();
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void askOnce() throws InterruptedException {
        String domain = Truth.domains().get(random.nextInt(Truth.domains().size()));
        switch (random.nextInt(3)) {
            case 0 -> ask("/v1/datasets", this::judgeDatasets);
            case 1 -> ask("/v1/domain/" + domain, answer -> judgeDomain(domain, answer));
            default -> {
                String dataset = truth.datasets().get(random.nextInt(truth.datasets().size()));
                Long id = ids.get(dataset);
                if (id != null) {
                    ask(
                            "/v1/domain/%s/datasets/%d/urls?limit=%d".formatted(domain, id, PAGE),
                            answer -> judgeUrls(dataset, domain, answer));
                }
            }
        }
    }

    private interface Judgement {
        /** What is wrong with an answer; null if nothing is. */
        String of(JsonNode answer);
    }

    private void ask(String path, Judgement judgement) throws InterruptedException {
        HttpResponse<String> answer;
        try {
            answer = query.server().get(path);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception _) {
            keepSilence();
            return;
        }
        try {
            JsonNode body = json.readTree(answer.body());
            if (answer.statusCode() == 200) {
                keep(path, judgement.of(body), answer.body());
            } else if (answer.statusCode() >= 429 && body.path("status").isInt()) {
                keepError(answer.statusCode() + " " + body.path("type").asText());
            } else {
                keep(path, "status " + answer.statusCode(), answer.body());
            }
        } catch (JsonProcessingException e) {
            keep(path, "status " + answer.statusCode() + ", no JSON: " + e, answer.body());
        }
    }

    private synchronized void keep(String path, String problem, String body) {
        if (problem == null) {
            right++;
        } else {
            wrong.add("%s: %s in %s".formatted(path, problem, body));
        }
    }

    private synchronized void keepError(String error) {
        errors.merge(error, 1, Integer::sum);
    }

    private synchronized void keepSilence() {
        silences++;
    }

    private String judgeDatasets(JsonNode answer) {
        var counts = new TreeMap<String, Long>();
        for (JsonNode dataset : answer.path("datasets")) {
            counts.put(dataset.path("name").asText(), dataset.path("url_count").asLong());
            ids.put(dataset.path("name").asText(), dataset.path("dataset_id").asLong());
        }
        return judge(counts, truth::whenHeld);
    }

    private String judgeDomain(String domain, JsonNode answer) {
        var counts = new TreeMap<String, Long>();
        for (JsonNode dataset : answer.path("datasets")) {
            counts.put(dataset.path("name").asText(), dataset.path("url_count").asLong());
        }
        return judge(counts, (dataset, count) -> truth.whenHeld(dataset, domain, count));
    }

    private interface WhenHeld {
        Span is(String dataset, long count);
    }

    private String judge(Map<String, Long> counts, WhenHeld whenHeld) {
        if (!truth.datasets().containsAll(counts.keySet())) {
            return "datasets that nobody sent";
        }
        for (String dataset : truth.datasets()) {
            long count = counts.getOrDefault(dataset, 0L);
            String problem = judge(dataset, count, whenHeld.is(dataset, count));
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private String judge(String dataset, long count, Span held) {
        if (held.isEmpty()) {
            return "%s never held %d".formatted(dataset, count);
        }
        int told = toldOf.getOrDefault(dataset, 0);
        if (held.last() < told) {
            return "%s held %d up to its batch %d, and %d were told of before"
                    .formatted(dataset, count, held.last(), told);
        }
        toldOf.put(dataset, Math.max(told, held.first()));
        return null;
    }

    private String judgeUrls(String dataset, String domain, JsonNode answer) {
        var urls = new ArrayList<String>();
        answer.path("items").forEach(item -> urls.add(item.path("url").asText()));
        long total = answer.path("total").asLong(-1);
        if (total <= PAGE && urls.size() != total) {
            return "%d URLs of %d".formatted(urls.size(), total);
        }
        Set<String> sent = new HashSet<>(truth.urls(dataset, domain));
        if (!sent.containsAll(urls)) {
            return "URLs that nobody sent";
        }
        if (new HashSet<>(urls).size() != urls.size()) {
            return "a URL twice";
        }
        return judge(dataset, total, truth.whenHeld(dataset, domain, total));
    }
}
