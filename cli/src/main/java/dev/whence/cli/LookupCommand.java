package dev.whence.cli;

import dev.whence.cli.ask.VersionOption;
import dev.whence.cli.lookup.DomainLines;
import dev.whence.cli.lookup.LookupFormat;
import dev.whence.cli.lookup.Lookups;
import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.place.Server;
import dev.whence.cli.place.ServerOptions;
import dev.whence.cli.print.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whence lookup}. */
@Command(
        name = "lookup",
        description = {
            "Prints which datasets hold each domain of a list, in the list's order.",
            "",
            "A list has a domain, host or URL on each line, and any length: it is asked for 10,000"
                    + " at a time, and printed as the answers come, all of one version. A domain in"
                    + " three datasets is three lines; one in none is a line that says so.",
            "",
            "Examples:",
            "  whence lookup domains.txt > holders.tsv",
            "  cut -f1 sites.tsv | whence lookup - --format csv",
            ""
        })
final class LookupCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The list; - is standard input.")
    private String file = "-";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if left out.")
    private LookupFormat format = LookupFormat.TSV;

    @Option(
            names = "--json",
            description = "The same as --format ndjson: the server's objects, one a line.")
    private boolean json;

    @Mixin private VersionOption version = new VersionOption();

    @Mixin private ServerOptions options = new ServerOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure, IOException {
        Server server = options.connect();
        Long number = version.number();
        try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
            LookupFormat chosen = json ? LookupFormat.NDJSON : format;
            PrintWriter out = spec.commandLine().getOut();
            var lookups = new Lookups(server, number, chosen.to(out), () -> !out.checkError());
            Lookups.Tally tally = lookups.run(new DomainLines(in));
            say(lookups, tally);
            return tally.found() == 0 ? ExitCode.NOT_FOUND.code() : ExitCode.OK.code();
        }
    }

    private void say(Lookups lookups, Lookups.Tally tally) {
        spec.commandLine()
                .getErr()
                .println(
                        "%s found, %s in no dataset, %s that are no domains%s"
                                .formatted(
                                        Table.number(tally.found()),
                                        Table.number(tally.unknown()),
                                        Table.number(tally.invalid()),
                                        lookups.version()
                                                .map(each -> "; version " + each)
                                                .orElse("")));
    }
}
