package dev.whence.cli;

import dev.whence.access.AccessChange;
import dev.whence.access.AccessRules;
import dev.whence.access.Takedown;
import dev.whence.access.Takedown.Scope;
import dev.whence.access.TakedownStates;
import dev.whence.catalog.FreshId;
import dev.whence.cli.access.RulesJson;
import dev.whence.cli.access.RulesOptions;
import dev.whence.cli.access.TakedownList;
import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.print.Table;
import dev.whence.cli.print.Visible;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whence takedown}: URLs that nobody is told of any more. */
@Command(
        name = "takedown",
        description = {
            "Takes URLs down: within five seconds no answer and no count of any query service tells"
                    + " of them.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND")
final class TakedownCommand {
    @Mixin private RulesOptions rules = new RulesOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "add",
            description = {
                "Takes down domains, hosts or all URLs that begin in one way, as one change.",
                ""
            })
    int add(
            @Option(
                            names = "--domain",
                            paramLabel = "DOMAIN",
                            description = "All URLs of a registrable domain and its hosts.")
                    @Nullable List<String> domains,
            @Option(
                            names = "--host",
                            paramLabel = "HOST[:PORT]",
                            description = "All URLs of one host, at every port or at that one.")
                    @Nullable List<String> hosts,
            @Option(
                            names = "--url-prefix",
                            paramLabel = "URL",
                            description = "All URLs that begin so, of any scheme.")
                    @Nullable List<String> prefixes,
            @Option(
                            names = "--file",
                            paramLabel = "FILE",
                            description =
                                    "Many: lines with domain, host or url_prefix, a space, and the"
                                            + " value.")
                    @Nullable Path file,
            @Option(
                            names = "--by",
                            paramLabel = "NAME",
                            required = true,
                            description = "Who does it.")
                    String by,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
                    String reason)
            throws Failure, IOException {
        var list =
                new TakedownList(
                        new FreshId(rules.clock(), rules.random()),
                        reason,
                        by,
                        rules.clock().instant().truncatedTo(ChronoUnit.MILLIS));
        add(list, Scope.DOMAIN, domains);
        add(list, Scope.HOST, hosts);
        add(list, Scope.URL_PREFIX, prefixes);
        if (file != null) {
            list.addAll(file);
        }
        if (list.all().isEmpty()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "say what: --domain, --host, --url-prefix, or a --file of them",
                    null);
        }
        AccessRules made = made(new AccessChange.TakeDown(list.all()), by, reason);
        if (rules.json()) {
            out().println(
                            RulesJson.takedowns(
                                    RulesJson.changed(made), list.all(), TakedownStates.NONE));
        } else {
            print(list.all(), TakedownStates.NONE);
        }
        return ExitCode.OK.code();
    }

    @Command(
            name = "lift",
            description = {
                "Ends takedowns. What is still in the lake is told again; what was removed from it"
                        + " is not brought back.",
                ""
            })
    int lift(
            @Parameters(arity = "1..*", paramLabel = "ID", description = "Which ones.")
                    List<String> ids,
            @Option(
                            names = "--by",
                            paramLabel = "NAME",
                            required = true,
                            description = "Who does it.")
                    String by,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
                    String reason)
            throws Failure, IOException {
        AccessRules made = made(new AccessChange.Lift(ids), by, reason);
        if (rules.json()) {
            out().println(RulesJson.changed(made));
        }
        return ExitCode.OK.code();
    }

    @Command(
            name = "list",
            description = {
                "Prints what is taken down, and how far each has come: masked, purged in a version, and"
                        + " old versions expired.",
                ""
            })
    int list() throws Failure, IOException {
        Optional<AccessRules> newest = rules.newest();
        List<Takedown> takedowns = newest.map(each -> each.state().takedowns()).orElse(List.of());
        TakedownStates states = rules.takedownStates();
        if (rules.json()) {
            out().println(RulesJson.takedowns(newest, takedowns, states));
        } else {
            print(takedowns, states);
        }
        return ExitCode.OK.code();
    }

    private static void add(TakedownList list, Scope scope, @Nullable List<String> typed)
            throws Failure {
        if (typed != null) {
            for (String each : typed) {
                list.add(scope, each);
            }
        }
    }

    private AccessRules made(AccessChange change, String by, String reason)
            throws Failure, IOException {
        PrintWriter err = spec.commandLine().getErr();
        AccessRules made = rules.change(change, by, reason, err);
        err.printf("rules %d: %s%n", made.number(), Visible.of(made.change()));
        return made;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private void print(List<Takedown> takedowns, TakedownStates states) {
        var table = new Table("ID", "SCOPE", "VALUE", "STATE", "SINCE", "BY", "REASON");
        for (Takedown each : takedowns) {
            table.add(
                    each.id(),
                    each.scope().text(),
                    each.value(),
                    states.of(each).text(),
                    each.since(),
                    each.by(),
                    each.reason());
        }
        table.print(out());
    }
}
