package dev.whence.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.cli.ask.KnownDatasets;
import dev.whence.cli.ask.VersionOption;
import dev.whence.cli.place.Answer;
import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.place.Question;
import dev.whence.cli.place.Server;
import dev.whence.cli.place.ServerOptions;
import dev.whence.cli.print.Table;
import dev.whence.cli.print.Visible;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whence datasets}. */
@Command(
        name = "datasets",
        description = {
            "Prints all datasets with how many URLs and domains each holds, or the largest domains"
                    + " of one.",
            "",
            "SHARE is a dataset's part of the URLs of all.",
            "",
            "Examples:",
            "  whence datasets",
            "  whence datasets c4 --limit 20",
            ""
        })
final class DatasetsCommand implements Callable<Integer> {
    private static final int MOST_DOMAINS = 1_000;

    @Parameters(
            arity = "0..1",
            paramLabel = "DATASET",
            description = "A dataset whose largest domains are asked for.")
    private @Nullable String dataset;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description =
                    "How many domains of a dataset, 1 to 1,000; ${DEFAULT-VALUE} if left out.")
    private int limit = 10;

    @ArgGroup private Form form = new Form();

    @Mixin private VersionOption version = new VersionOption();

    @Mixin private ServerOptions options = new ServerOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    /** Exclusive. */
    static final class Form {
        @Option(names = "--json", description = "Print the server's answer as it is.")
        private boolean json;

        @Option(names = "--names", description = "Print the names alone, one a line.")
        private boolean names;
    }

    @Override
    public Integer call() throws Failure {
        if (limit < 1 || limit > MOST_DOMAINS) {
            throw new Failure(ExitCode.USAGE, "--limit is 1 to " + MOST_DOMAINS, null);
        }
        PrintWriter out = spec.commandLine().getOut();
        Server server = options.connect();
        String path = "/v1/datasets";
        if (dataset != null) {
            path += "/" + KnownDatasets.of(server, version.number()).id(dataset) + "/domains";
        }
        var question =
                new Question(path)
                        .with("limit", dataset == null ? null : limit)
                        .with("version", version.number());
        Answer answer = server.get(question.toString());
        if (form.json) {
            out.println(Visible.of(answer.json().toString()));
        } else if (dataset != null) {
            printDomains(answer, out);
        } else if (form.names) {
            for (JsonNode each : answer.items("datasets")) {
                out.println(Visible.of(each.path("name").asText()));
            }
        } else {
            printAll(answer, out);
        }
        return ExitCode.OK.code();
    }

    private static void printAll(Answer answer, PrintWriter out) throws Failure {
        var table = new Table("URLS", "DOMAINS", "SHARE", "LAST INGEST", "ID", "DATASET");
        for (JsonNode dataset : answer.items("datasets")) {
            table.add(
                    dataset.path("url_count").asLong(),
                    dataset.path("domain_count").asLong(),
                    String.format(Locale.ROOT, "%5.1f%%", 100 * dataset.path("share").asDouble()),
                    Objects.requireNonNullElse(dataset.path("last_ingest_at").textValue(), ""),
                    dataset.path("dataset_id").asText(),
                    dataset.path("name").asText());
        }
        table.print(out);
    }

    private static void printDomains(Answer answer, PrintWriter out) throws Failure {
        var table = new Table("URLS", "DOMAIN");
        for (JsonNode domain : answer.items("domains")) {
            table.add(domain.path("url_count").asLong(), domain.path("domain").asText());
        }
        table.print(out);
    }
}
