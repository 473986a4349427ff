package dev.whence.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.place.Server;
import dev.whence.cli.place.ServerOptions;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whence urls}. */
@Command(
        name = "urls",
        description = {
            "Prints the URLs of a domain that a dataset holds, one a line.",
            "",
            "All lines are of one version, whatever is published meanwhile.",
            ""
        })
final class UrlsCommand implements Callable<Integer> {
    private static final int DEFAULT_LIMIT = 1_000;
    private static final int MOST_IN_PAGE = 10_000;

    @Parameters(index = "0", paramLabel = "DOMAIN", description = "A domain, a host or a URL.")
    private String domain = "";

    @Parameters(
            index = "1",
            paramLabel = "DATASET",
            description = "A dataset's name, or its id where no dataset has that name.")
    private String dataset = "";

    @ArgGroup private HowMany howMany = new HowMany();

    @Option(
            names = "--json",
            description =
                    "Print the items as the server has them, one JSON object a line, with url_id and"
                            + " ts.")
    private boolean json;

    @Mixin private ServerOptions options = new ServerOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    /** Exclusive: some, or all. */
    static final class HowMany {
        @Option(
                names = "--limit",
                paramLabel = "N",
                description = "The most URLs to print; " + DEFAULT_LIMIT + " if left out.")
        private long limit = DEFAULT_LIMIT;

        @Option(names = "--all", description = "Print all of them.")
        private boolean all;
    }

    @Override
    public Integer call() throws Failure {
        if (howMany.limit < 1) {
            throw new Failure(ExitCode.USAGE, "--limit is 1 or more", null);
        }
        String asked = TypedDomain.of(domain);
        PrintWriter out = spec.commandLine().getOut();
        Server server = options.connect();
        String path =
                "/v1/domain/"
                        + Server.encoded(asked)
                        + "/datasets/"
                        + datasetId(server)
                        + "/urls?limit=";
        long left = howMany.all ? Long.MAX_VALUE : howMany.limit;
        long printed = 0;
        String cursor = "";
        while (left > 0) {
            JsonNode page = server.get(path + Math.min(left, MOST_IN_PAGE) + cursor);
            for (JsonNode item : page.path("items")) {
                out.println(json ? item.toString() : item.path("url").asText());
                left--;
                printed++;
            }
            String next = page.path("next_cursor").textValue();
            // Where nothing can be written there is no use in reading on.
            if (next == null || out.checkError()) {
                break;
            }
            cursor = "&cursor=" + Server.encoded(next);
            if (left <= 0) {
                sayHowManyThereAre(page.path("total").asLong(), printed);
            }
        }
        if (printed == 0) {
            spec.commandLine().getErr().println(dataset + " holds no URL of " + asked);
        }
        return ExitCode.OK.code();
    }

    private void sayHowManyThereAre(long total, long printed) {
        spec.commandLine()
                .getErr()
                .println(
                        "%s of %s URLs; --all prints them all"
                                .formatted(Table.number(printed), Table.number(total)));
    }

    private String datasetId(Server server) throws Failure {
        String byId = null;
        for (JsonNode known : server.get("/v1/datasets").path("datasets")) {
            String id = known.path("dataset_id").asText();
            if (known.path("name").asText().equals(dataset)) {
                return id;
            }
            if (dataset.equals(id)) {
                byId = id;
            }
        }
        if (byId == null) {
            throw Failure.of(
                    "there is no dataset '" + dataset + "'; `whence datasets` lists them", null);
        }
        return byId;
    }
}
