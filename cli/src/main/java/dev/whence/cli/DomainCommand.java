package dev.whence.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.place.Server;
import dev.whence.cli.place.ServerOptions;
import java.io.PrintWriter;
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
            ""
        })
final class DomainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DOMAIN", description = "A domain, a host or a URL.")
    private String domain = "";

    @Option(names = "--json", description = "Print the server's answer as it is.")
    private boolean json;

    @Mixin private ServerOptions server = new ServerOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode answer =
                server.connect().get("/v1/domain/" + Server.encoded(TypedDomain.of(domain)));
        if (json) {
            out.println(answer);
            return ExitCode.OK.code();
        }
        if (answer.path("datasets").isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("no dataset holds " + answer.path("domain").asText(domain));
            return ExitCode.OK.code();
        }
        var table = new Table("URLS", "ID", "DATASET");
        for (JsonNode dataset : answer.path("datasets")) {
            table.add(
                    dataset.path("url_count").asLong(),
                    dataset.path("dataset_id").asText(),
                    dataset.path("name").asText());
        }
        table.print(out);
        return ExitCode.OK.code();
    }
}
