package dev.whence.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.place.ServerOptions;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code whence datasets}. */
@Command(
        name = "datasets",
        description = {"Prints all datasets with how many URLs and domains each holds.", ""})
final class DatasetsCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print the server's answer as it is.")
    private boolean json;

    @Mixin private ServerOptions server = new ServerOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode answer = server.connect().get("/v1/datasets");
        if (json) {
            out.println(answer);
            return ExitCode.OK.code();
        }
        var table = new Table("URLS", "DOMAINS", "ID", "DATASET");
        for (JsonNode dataset : answer.path("datasets")) {
            table.add(
                    dataset.path("url_count").asLong(),
                    dataset.path("domain_count").asLong(),
                    dataset.path("dataset_id").asText(),
                    dataset.path("name").asText());
        }
        table.print(out);
        return ExitCode.OK.code();
    }
}
