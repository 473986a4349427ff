package dev.whence.cli;

import dev.whence.cli.ask.HowMany;
import dev.whence.cli.ask.KnownDatasets;
import dev.whence.cli.ask.Lines;
import dev.whence.cli.ask.Pages;
import dev.whence.cli.ask.TypedDomain;
import dev.whence.cli.ask.UrlFilters;
import dev.whence.cli.ask.VersionOption;
import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.place.Question;
import dev.whence.cli.place.Server;
import dev.whence.cli.place.ServerOptions;
import dev.whence.cli.print.Table;
import dev.whence.cli.print.Visible;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
            "",
            "Examples:",
            "  whence urls example.com c4 --all",
            "  whence urls example.com c4 --host www.example.com --path-prefix /blog/ --json",
            ""
        })
final class UrlsCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DOMAIN", description = "A domain, a host or a URL.")
    private String domain = "";

    @Parameters(
            index = "1",
            paramLabel = "DATASET",
            description = "A dataset's name, or its id where no dataset has that name.")
    private String dataset = "";

    @Mixin private HowMany howMany = new HowMany();

    @Mixin private UrlFilters filters = new UrlFilters();

    @Option(
            names = "--json",
            description =
                    "Print the items as the server has them, one JSON object a line, with url_id and"
                            + " ts.")
    private boolean json;

    @Mixin private VersionOption version = new VersionOption();

    @Mixin private ServerOptions options = new ServerOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        long most = howMany.most();
        String asked = TypedDomain.of(domain);
        Long number = version.number();
        Server server = options.connect();
        String path =
                "/v1/domain/%s/datasets/%d/urls"
                        .formatted(
                                Question.encoded(asked),
                                KnownDatasets.of(server, number).id(dataset));
        Pages.Reading reading =
                new Pages("items", (limit, cursor) -> server.get(page(path, limit, cursor, number)))
                        .read(most, Lines.of(spec.commandLine().getOut(), json, "url"));
        if (reading.items() == 0) {
            say(dataset + " holds no such URL of " + asked);
            return ExitCode.NOT_FOUND.code();
        }
        if (reading.hasMore() && reading.items() == most) {
            // Nobody counts what filters leave.
            boolean isCounted = reading.last().json().path("total").isNumber();
            String told =
                    isCounted
                            ? "of " + Table.number(reading.last().number("total")) + " URLs"
                            : "URLs, and there are more";
            say("%s %s; --all prints them all".formatted(Table.number(most), told));
        }
        return ExitCode.OK.code();
    }

    private String page(String path, long limit, @Nullable String cursor, @Nullable Long number) {
        return filters.in(new Question(path).with("limit", limit))
                .with("cursor", cursor)
                // A cursor names its version.
                .with("version", cursor == null ? number : null)
                .toString();
    }

    private void say(String what) {
        spec.commandLine().getErr().println(Visible.of(what));
    }
}
