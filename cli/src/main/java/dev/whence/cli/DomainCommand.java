package dev.whence.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.cli.ask.TypedDomain;
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

/** {@code whence domain}. */
@Command(
        name = "domain",
        description = {
            "Prints the datasets that hold a domain, and how many of its URLs each holds.",
            "",
            "A host stands for its registrable domain: www.example.com is looked up as example.com."
                    + " Unicode and ASCII (xn--) names are the same.",
            "",
            "Examples:",
            "  whence domain example.com",
            "  whence domain https://www.example.com/a/page --json",
            ""
        })
final class DomainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DOMAIN", description = "A domain, a host or a URL.")
    private String domain = "";

    @Option(names = "--json", description = "Print the server's answer as it is.")
    private boolean json;

    @Mixin private VersionOption version = new VersionOption();

    @Mixin private ServerOptions server = new ServerOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        PrintWriter out = spec.commandLine().getOut();
        var question = new Question("/v1/domain/" + Question.encoded(TypedDomain.of(domain)));
        Answer answer = server.connect().get(question.with("version", version.number()).toString());
        List<JsonNode> datasets = answer.items("datasets");
        if (json) {
            out.println(Visible.of(answer.json().toString()));
        } else if (!datasets.isEmpty()) {
            var table = new Table("URLS", "ID", "DATASET");
            for (JsonNode dataset : datasets) {
                table.add(
                        dataset.path("url_count").asLong(),
                        dataset.path("dataset_id").asText(),
                        dataset.path("name").asText());
            }
            table.print(out);
        }
        if (datasets.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("no dataset holds " + Visible.of(answer.text("domain")));
            return ExitCode.NOT_FOUND.code();
        }
        return ExitCode.OK.code();
    }
}
