package dev.whence.cli.lookup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whence.cli.place.Answer;
import dev.whence.cli.place.Failure;
import dev.whence.cli.place.Question;
import dev.whence.cli.place.Server;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks a list up in batches. The first answer says which version the others come from. A batch
 * whose domains have more holdings than the server tells at once is asked for in halves. Not
 * thread-safe.
 */
public final class Lookups {
    static final int MOST_IN_BATCH = 10_000;

    private final Server server;
    private final LookupRows rows;
    private final BooleanSupplier isWanted;
    private final Tally tally = new Tally();
    private @Nullable Long version;

    /**
     * A look-up that has told nothing yet.
     *
     * @param version that answers; null for the newest
     * @param isWanted whether anybody reads on; asked between batches
     */
    public Lookups(
            Server server, @Nullable Long version, LookupRows rows, BooleanSupplier isWanted) {
        this.server = server;
        this.version = version;
        this.rows = rows;
        this.isWanted = isWanted;
    }

    /** Looks all lines up, in their order, as long as somebody reads. */
    public Tally run(DomainLines lines) throws Failure, IOException {
        var batch = new ArrayList<String>(MOST_IN_BATCH);
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            batch.add(line.get());
            if (batch.size() == MOST_IN_BATCH) {
                ask(batch);
                batch.clear();
                if (!isWanted.getAsBoolean()) {
                    return tally;
                }
            }
        }
        if (!batch.isEmpty()) {
            ask(batch);
        }
        return tally;
    }

    private void ask(List<String> batch) throws Failure {
        ArrayNode domains = JsonNodeFactory.instance.arrayNode();
        batch.forEach(line -> domains.add(DomainLines.asked(line)));
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.set("domains", domains);
        String path = new Question("/v1/domains:lookup").with("version", version).toString();
        Answer answer;
        try {
            answer = server.post(path, question);
        } catch (Failure e) {
            if (!e.isProblem("too-much") || batch.size() == 1) {
                throw e;
            }
            int half = batch.size() / 2;
            ask(batch.subList(0, half));
            ask(batch.subList(half, batch.size()));
            return;
        }
        version = answer.number("version");
        List<JsonNode> told = answer.items("domains");
        if (told.size() != batch.size()) {
            throw Failure.of(
                    "%s tells %d domains where %d were asked for; is it Whence?"
                            .formatted(answer.origin(), told.size(), batch.size()),
                    null);
        }
        for (int at = 0; at < told.size(); at++) {
            tally.count(told.get(at));
            rows.answer(batch.get(at), told.get(at));
        }
    }

    /** The version that answered, once one has. */
    public Optional<Long> version() {
        return Optional.ofNullable(version);
    }

    /** What became of the lines so far. */
    public static final class Tally {
        private long found;
        private long unknown;
        private long invalid;

        private void count(JsonNode told) {
            switch (told.path("status").asText()) {
                case "found" -> found++;
                case "not-found" -> unknown++;
                default -> invalid++;
            }
        }

        public long found() {
            return found;
        }

        public long unknown() {
            return unknown;
        }

        public long invalid() {
            return invalid;
        }
    }
}
