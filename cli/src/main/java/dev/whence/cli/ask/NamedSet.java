package dev.whence.cli.ask;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whence.cli.place.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A set of domains by the datasets that hold them. */
public final class NamedSet {
    @Parameters(
            arity = "1..*",
            paramLabel = "DATASET",
            description =
                    "Datasets that all hold the domains: names, or ids where no dataset has that"
                            + " name.")
    private List<String> allOf = List.of();

    @Option(
            names = "--not",
            paramLabel = "DATASET",
            description = "A dataset that does not hold them; may be said again.")
    private List<String> noneOf = List.of();

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            description = "List only domains that begin so.")
    private @Nullable String prefix;

    /** The body of the question, without a limit. */
    public ObjectNode question(KnownDatasets known) throws Failure {
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.set("all_of", ids(allOf, known));
        question.set("none_of", ids(noneOf, known));
        if (prefix != null) {
            question.put("prefix", prefix);
        }
        return question;
    }

    private static ArrayNode ids(List<String> called, KnownDatasets known) throws Failure {
        ArrayNode ids = JsonNodeFactory.instance.arrayNode();
        for (String dataset : called) {
            ids.add(known.id(dataset));
        }
        return ids;
    }

    /** What people call it. */
    public String inWords() {
        return String.join(" and ", allOf)
                + (noneOf.isEmpty() ? "" : ", not in " + String.join(", nor ", noneOf));
    }
}
