package dev.whence.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whence.cli.ask.HowMany;
import dev.whence.cli.ask.KnownDatasets;
import dev.whence.cli.ask.Lines;
import dev.whence.cli.ask.NamedSet;
import dev.whence.cli.ask.Pages;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code whence compare}. */
@Command(
        name = "compare",
        description = {
            "Prints how many domains datasets share: all of them together, and each two.",
            "",
            "A domain is in a dataset that holds a URL of it. --not leaves out what another dataset"
                    + " holds; it does not change the table, which counts each two as they are.",
            "",
            "Examples:",
            "  whence compare c4 fineweb",
            "  whence compare c4 fineweb --not dolma --domains --all > shared.txt",
            ""
        })
final class CompareCommand implements Callable<Integer> {
    @Mixin private NamedSet set = new NamedSet();

    @Option(names = "--domains", description = "Print the shared domains instead, one a line.")
    private boolean domains;

    @Mixin private HowMany howMany = new HowMany();

    @Option(
            names = "--json",
            description = "Print the server's answer as it is; its domains as objects, one a line.")
    private boolean json;

    @Mixin private VersionOption version = new VersionOption();

    @Mixin private ServerOptions options = new ServerOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        long most = howMany.most();
        Long number = version.number();
        Server server = options.connect();
        KnownDatasets known = KnownDatasets.of(server, number);
        ObjectNode question = set.question(known);
        return domains
                ? printDomains(server, question, most, number)
                : printCounts(server, question, known, number);
    }

    private int printCounts(
            Server server, ObjectNode question, KnownDatasets known, @Nullable Long number)
            throws Failure {
        PrintWriter out = spec.commandLine().getOut();
        question.put("limit", 0).set("overlap", question.withArray("all_of").deepCopy());
        Answer answer = server.post(path(number), question);
        long count = answer.number("count");
        if (json) {
            out.println(Visible.of(answer.json().toString()));
        } else {
            overlap(answer, known).print(out);
            out.println();
            out.println(
                    Visible.of("%s domains in %s".formatted(Table.number(count), set.inWords())));
        }
        return count == 0 ? ExitCode.NOT_FOUND.code() : ExitCode.OK.code();
    }

    /** Datasets stand in the columns by the numbers of their rows: names may be long. */
    private static Table overlap(Answer answer, KnownDatasets known) throws Failure {
        var overlap = new Answer(answer.json().path("overlap"), answer.origin());
        List<JsonNode> ids = overlap.items("dataset_ids");
        List<JsonNode> rows = overlap.items("domain_counts");
        var headings = new ArrayList<String>();
        headings.add("#");
        for (int column = 1; column <= ids.size(); column++) {
            headings.add("∩" + column);
        }
        headings.add("DATASET");
        var table = new Table(headings.toArray(String[]::new));
        for (int row = 0; row < Math.min(ids.size(), rows.size()); row++) {
            var values = new ArrayList<Object>();
            values.add(row + 1);
            for (int column = 0; column < ids.size(); column++) {
                values.add(rows.get(row).path(column).asLong());
            }
            values.add(known.name(ids.get(row).asLong()));
            table.add(values.toArray());
        }
        return table;
    }

    private int printDomains(Server server, ObjectNode question, long most, @Nullable Long number)
            throws Failure {
        Pages.Reading reading =
                new Pages(
                                "domains",
                                (limit, cursor) -> {
                                    ObjectNode page = question.deepCopy().put("limit", limit);
                                    if (cursor != null) {
                                        page.set(
                                                "cursor",
                                                JsonNodeFactory.instance.textNode(cursor));
                                    }
                                    // A cursor names its version.
                                    return server.post(path(cursor == null ? number : null), page);
                                })
                        .read(most, Lines.of(spec.commandLine().getOut(), json, "domain"));
        if (reading.items() == 0) {
            spec.commandLine().getErr().println(Visible.of("no domain is in " + set.inWords()));
            return ExitCode.NOT_FOUND.code();
        }
        if (reading.hasMore() && reading.items() == most) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "%s of %s domains; --all prints them all"
                                    .formatted(
                                            Table.number(most),
                                            Table.number(reading.last().number("count"))));
        }
        return ExitCode.OK.code();
    }

    private static String path(@Nullable Long number) {
        return new Question("/v1/sets").with("version", number).toString();
    }
}
