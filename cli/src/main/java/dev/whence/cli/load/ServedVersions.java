package dev.whence.cli.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.place.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Follows the versions that a server serves. */
public final class ServedVersions {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int MOST_IN_PAGE = 100;

    private final Server server;

    public ServedVersions(Server server) {
        this.server = server;
    }

    /** The number of the version that is served; 0 before the first. */
    public long current() throws Failure {
        return newest().path("served").asLong();
    }

    /**
     * Waits until the served version holds everything of a dataset up to the offsets; returns its
     * number. A server that goes away meanwhile is given until the deadline to come back.
     */
    public long await(String dataset, LogOffsets offsets, Duration timeout) throws Failure {
        long deadline = System.nanoTime() + timeout.toNanos();
        Failure last = null;
        while (true) {
            try {
                JsonNode answer = newest();
                for (JsonNode version : answer.path("versions")) {
                    if (version.path("served").asBoolean()
                            && holds(version, offsets)
                            && !isQueued(version, dataset)) {
                        return version.path("number").asLong();
                    }
                }
                last = null;
            } catch (Failure e) {
                last = e;
            }
            if (System.nanoTime() >= deadline) {
                throw Failure.of(
                        "all batches are in Kafka, but after %d seconds no version serves them yet%s. They will come: do not send them again; `whence versions` shows how far it is."
                                .formatted(
                                        timeout.toSeconds(),
                                        last == null ? "" : " (" + last.getMessage() + ")"),
                        last);
            }
            pause();
        }
    }

    /** What the versions after one, up to another, did to a dataset. */
    public Loaded changes(String dataset, long after, long upTo) throws Failure {
        Loaded sum = Loaded.nothing(upTo);
        String older = "&after=" + (upTo + 1);
        while (true) {
            JsonNode page = server.get("/v1/versions?limit=" + MOST_IN_PAGE + older).json();
            for (JsonNode version : page.path("versions")) {
                if (version.path("number").asLong() <= after) {
                    return sum;
                }
                for (JsonNode change : version.path("changes")) {
                    if (change.path("name").asText().equals(dataset)) {
                        sum = sum.and(loaded(change, upTo));
                    }
                }
            }
            if (!page.path("next_after").isNumber()) {
                return sum;
            }
            older = "&after=" + page.path("next_after").asLong();
        }
    }

    private JsonNode newest() throws Failure {
        return server.get("/v1/versions?limit=1").json();
    }

    private static boolean holds(JsonNode version, LogOffsets offsets) {
        var nextOffsets = new HashMap<Integer, Long>();
        for (JsonNode position : version.path("log_positions")) {
            if (position.path("topic_id").asText().equals(offsets.topicId())) {
                nextOffsets.put(
                        position.path("partition").asInt(), position.path("next_offset").asLong());
            }
        }
        return offsets.lastByPartition().entrySet().stream()
                .allMatch(last -> nextOffsets.getOrDefault(last.getKey(), 0L) > last.getValue());
    }

    private static boolean isQueued(JsonNode version, String dataset) {
        for (JsonNode queue : version.path("queued")) {
            if (dataset.equals(queue.path("name").textValue())) {
                return true;
            }
        }
        return false;
    }

    private static Loaded loaded(JsonNode change, long version) {
        Map<String, Long> rejected = new TreeMap<>();
        for (Map.Entry<String, JsonNode> reason : change.path("rejected").properties()) {
            rejected.put(reason.getKey(), reason.getValue().asLong());
        }
        var refused = new ArrayList<String>();
        change.path("refused").forEach(batch -> refused.add(batch.path("reason").asText()));
        return new Loaded(
                version,
                change.path("read").asLong(),
                change.path("accepted").asLong(),
                rejected,
                change.path("added").asLong(),
                change.path("removed").asLong(),
                refused);
    }

    private static void pause() throws Failure {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of("interrupted", e);
        }
    }
}
