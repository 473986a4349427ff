package dev.whence.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Asks without end, one question after the other, and holds each answer against the truth. An error
 * is honest if it says that now is not the time; every other one is a wrong answer.
 */
final class Witness implements AutoCloseable {
    private static final int PAUSE_MILLIS = 20;

    /** Too much at once; not now; not in time. */
    private static final Set<Integer> HONEST = Set.of(429, 503, 504);

    /**
     * What was heard since the last time that somebody asked.
     *
     * @param errors honest ones, by kind
     * @param silences questions that had no answer, for 30 s or because nobody listened
     */
    record Heard(long right, Map<String, Integer> errors, long silences, List<String> wrong) {
        @Override
        public String toString() {
            var heard = new StringBuilder("%,d right".formatted(right));
            errors.forEach((error, count) -> heard.append(", %d times %s".formatted(count, error)));
            if (silences > 0) {
                heard.append(", %d times silence".formatted(silences));
            }
            return heard.toString();
        }
    }

    private final Service query;
    private final RandomGenerator random;
    private final Truth truth;
    private final Testimony testimony;
    private final JsonMapper json = new JsonMapper();
    private final Thread thread;

    /** Of the witness's thread alone. */
    private final Map<String, Long> ids = new TreeMap<>();

    private long right;
    private long silences;
    private Map<String, Integer> errors = new TreeMap<>();
    private List<String> wrong = new ArrayList<>();

    Witness(Service query, Truth truth, RandomGenerator random) {
        this.query = query;
        this.random = random;
        this.truth = truth;
        this.testimony = new Testimony(truth);
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
                ask(next());
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Question next() {
        String domain = Truth.domains().get(random.nextInt(Truth.domains().size()));
        String dataset = truth.datasets().get(random.nextInt(truth.datasets().size()));
        Long id = ids.get(dataset);
        return switch (random.nextInt(3)) {
            case 0 -> new Question.OfDatasets();
            case 1 -> new Question.OfDomain(domain);
            default ->
                    id == null
                            ? new Question.OfDatasets()
                            : new Question.OfUrls(domain, dataset, id);
        };
    }

    private void ask(Question question) throws InterruptedException {
        HttpResponse<String> answer;
        try {
            answer = query.server().get(question.path());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception _) {
            keepSilence();
            return;
        }
        int status = answer.statusCode();
        try {
            JsonNode body = json.readTree(answer.body());
            if (status == 200) {
                learnIds(body);
                keep(question, testimony.problem(question, body), answer.body());
            } else if (HONEST.contains(status) && body.path("status").asInt() == status) {
                keepError(status + " " + body.path("type").asText());
            } else {
                keep(question, "status " + status, answer.body());
            }
        } catch (JsonProcessingException e) {
            keep(question, "status %d, no JSON: %s".formatted(status, e), answer.body());
        }
    }

    private void learnIds(JsonNode answer) {
        for (JsonNode dataset : answer.path("datasets")) {
            ids.put(dataset.path("name").asText(), dataset.path("dataset_id").asLong());
        }
    }

    private synchronized void keep(Question question, String problem, String body) {
        if (problem == null) {
            right++;
        } else {
            wrong.add("%s: %s in %s".formatted(question.path(), problem, body));
        }
    }

    private synchronized void keepError(String error) {
        errors.merge(error, 1, Integer::sum);
    }

    private synchronized void keepSilence() {
        silences++;
    }
}
