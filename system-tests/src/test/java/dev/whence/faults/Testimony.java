package dev.whence.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that one asker was told, one answer after the other, held against the truth. A version is the
 * state of each dataset after its first so many batches. An answer is right if it is that of one
 * version: no older than any before, the same for the same question, with each dataset after a
 * number of batches that all answers of that version, and none of the versions before, allow.
 *
 * <p>Of one thread.
 */
final class Testimony {
    private final Truth truth;

    /** After how many batches each dataset can be in the version, by all that was told. */
    private final Map<String, Span> states = new HashMap<>();

    /** By question, what was said of the version. */
    private final Map<Question, JsonNode> said = new HashMap<>();

    private long version;

    Testimony(Truth truth) {
        this.truth = truth;
    }

    /** What is wrong with an answer; null if nothing is. */
    String problem(Question question, JsonNode answer) {
        long number = answer.path("version").asLong(-1);
        if (number < version) {
            return "version %d after version %d".formatted(number, version);
        }
        if (number > version) {
            begin(number);
        }
        if (answer instanceof ObjectNode fields) {
            fields.remove("next_cursor"); // may be sealed anew each time
        }
        JsonNode before = said.putIfAbsent(question, answer);
        if (before != null && !before.equals(answer)) {
            return "the same version said otherwise before: " + before;
        }
        return switch (question) {
            case Question.OfDatasets _ -> problem(counts(answer), truth::whenHeld);
            case Question.OfDomain(String domain) ->
                    problem(
                            counts(answer),
                            (dataset, count) -> truth.whenHeld(dataset, domain, count));
            case Question.OfUrls of -> problem(of, answer);
        };
    }

    /** No dataset goes back to what it was before. */
    private void begin(long number) {
        version = number;
        said.clear();
        states.replaceAll((_, span) -> new Span(span.first(), Integer.MAX_VALUE));
    }

    private static TreeMap<String, Long> counts(JsonNode answer) {
        var counts = new TreeMap<String, Long>();
        for (JsonNode dataset : answer.path("datasets")) {
            counts.put(dataset.path("name").asText(), dataset.path("url_count").asLong());
        }
        return counts;
    }

    private interface WhenHeld {
        Span is(String dataset, long count);
    }

    private String problem(Map<String, Long> counts, WhenHeld whenHeld) {
        if (!truth.datasets().containsAll(counts.keySet())) {
            return "datasets that nobody sent";
        }
        for (String dataset : truth.datasets()) {
            long count = counts.getOrDefault(dataset, 0L);
            String problem = problem(dataset, count, whenHeld.is(dataset, count));
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private String problem(String dataset, long count, Span held) {
        if (held.isEmpty()) {
            return "%s never held %d".formatted(dataset, count);
        }
        Span told = states.getOrDefault(dataset, Span.ALL);
        Span both = told.and(held);
        if (both.isEmpty()) {
            return "%s held %d after %s batches, and what was told before says %s"
                    .formatted(dataset, count, held, told);
        }
        states.put(dataset, both);
        return null;
    }

    private String problem(Question.OfUrls question, JsonNode answer) {
        List<String> urls = new ArrayList<>();
        answer.path("items").forEach(item -> urls.add(item.path("url").asText()));
        long total = answer.path("total").asLong(-1);
        Span held = truth.whenHeld(question.dataset(), question.domain(), total);
        String problem = problem(question.dataset(), total, held);
        if (problem != null) {
            return problem;
        }
        if (urls.size() != Math.min(total, Question.PAGE)) {
            return "%d URLs of %d".formatted(urls.size(), total);
        }
        var missing =
                new HashSet<>(truth.firstUrls(question.dataset(), question.domain(), (int) total));
        for (String url : urls) {
            if (!missing.remove(url)) {
                return "%s is there twice, or is none of the first %d".formatted(url, total);
            }
        }
        return null;
    }
}
