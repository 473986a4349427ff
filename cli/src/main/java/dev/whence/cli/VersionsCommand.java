package dev.whence.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.cli.place.Answer;
import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.place.Question;
import dev.whence.cli.place.Server;
import dev.whence.cli.place.ServerOptions;
import dev.whence.cli.print.Table;
import dev.whence.cli.print.Visible;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
            "",
            "Examples:",
            "  whence versions",
            "  whence versions --limit 500 --json",
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
        Long after = null;
        while (left > 0) {
            Answer page = server.get(page(Math.min(left, MOST_IN_PAGE), after));
            List<JsonNode> versions = page.items("versions");
            for (JsonNode version : versions) {
                if (json) {
                    out.println(Visible.of(version.toString()));
                } else {
                    add(table, version);
                }
                left--;
            }
            JsonNode next = page.json().path("next_after");
            // Each page is of older versions, so that the list ends whatever a server says.
            if (!next.isNumber()
                    || versions.isEmpty()
                    || (after != null && next.asLong() >= after)
                    || out.checkError()) {
                break;
            }
            after = next.asLong();
        }
        if (!json) {
            table.print(out);
        }
        return ExitCode.OK.code();
    }

    private static String page(long limit, @Nullable Long after) {
        return new Question("/v1/versions").with("limit", limit).with("after", after).toString();
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
