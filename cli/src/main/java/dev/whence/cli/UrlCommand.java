package dev.whence.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.cli.ask.VersionOption;
import dev.whence.cli.place.Answer;
import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.place.Question;
import dev.whence.cli.place.ServerOptions;
import dev.whence.cli.print.Table;
import dev.whence.cli.print.Visible;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whence url}. */
@Command(
        name = "url",
        description = {
            "Prints the datasets that hold exactly this URL.",
            "",
            "The URL is brought to its canonical form first, as every URL is that is taken in: case"
                    + " of the host, default port, dots in the path and the fragment make no"
                    + " difference; scheme, query and trailing slash do.",
            "",
            "Examples:",
            "  whence url https://example.com/about",
            "  whence url 'https://example.com/search?q=a&page=2' --json",
            ""
        })
final class UrlCommand implements Callable<Integer> {
    @Parameters(paramLabel = "URL", description = "A URL; without a scheme, of http.")
    private String url = "";

    @Option(names = "--json", description = "Print the server's answer as it is.")
    private boolean json;

    @Mixin private VersionOption version = new VersionOption();

    @Mixin private ServerOptions server = new ServerOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        if (url.isBlank()) {
            throw new Failure(ExitCode.USAGE, "an empty text is no URL", null);
        }
        PrintWriter out = spec.commandLine().getOut();
        var question = new Question("/v1/urls").with("url", url).with("version", version.number());
        Answer answer = server.connect().get(question.toString());
        List<JsonNode> datasets = answer.items("datasets");
        if (json) {
            out.println(Visible.of(answer.json().toString()));
        } else if (!datasets.isEmpty()) {
            var table = new Table("ROWS", "ID", "DATASET");
            for (JsonNode dataset : datasets) {
                table.add(
                        dataset.path("row_count").asLong(),
                        dataset.path("dataset_id").asText(),
                        dataset.path("name").asText());
            }
            table.print(out);
        }
        if (datasets.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("no dataset holds " + Visible.of(answer.text("url")));
            return ExitCode.NOT_FOUND.code();
        }
        return ExitCode.OK.code();
    }
}
