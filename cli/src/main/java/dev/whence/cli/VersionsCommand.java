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
import picocli.CommandLine.Spec;

/** {@code whence versions}. */
@Command(
        name = "versions",
        description = {
            "Prints the versions of the index that are kept, newest first; the served one has a"
                    + " star.",
            ""
        })
final class VersionsCommand implements Callable<Integer> {
    private static final int MOST_IN_PAGE = 100;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "The most versions to print; ${DEFAULT-VALUE} if left out.")
    private long limit = 20;

    @Option(names = "--json", description = "Print each version as the server has it, one a line.")
    private boolean json;

    @Mixin private ServerOptions options = new ServerOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        if (limit < 1) {
            throw new Failure(ExitCode.USAGE, "--limit is 1 or more", null);
        }
        PrintWriter out = spec.commandLine().getOut();
        Server server = options.connect();
        var table = new Table("VERSION", "", "PUBLISHED", "DATASETS", "DOMAINS", "URLS", "FILES");
        long left = limit;
        String after = "";
        while (left > 0) {
            JsonNode page =
                    server.get("/v1/versions?limit=" + Math.min(left, MOST_IN_PAGE) + after);
            for (JsonNode version : page.path("versions")) {
                if (json) {
                    out.println(version);
                } else {
                    add(table, version);
                }
                left--;
            }
            JsonNode next = page.path("next_after");
            if (!next.isNumber() || page.path("versions").isEmpty() || out.checkError()) {
                break;
            }
            after = "&after=" + next.asLong();
        }
        if (!json) {
            table.print(out);
        }
        return ExitCode.OK.code();
    }

    private static void add(Table table, JsonNode version) {
        JsonNode counts = version.path("counts");
        table.add(
                version.path("number").asLong(),
                version.path("served").asBoolean() ? "*" : "",
                version.path("published_at").asText(),
                counts.path("datasets").asLong(),
                counts.path("domains").asLong(),
                counts.path("urls").asLong(),
                counts.path("files").asLong());
    }
}
