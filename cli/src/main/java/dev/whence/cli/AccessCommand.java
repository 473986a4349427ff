package dev.whence.cli;

import dev.whence.access.AccessChain;
import dev.whence.access.AccessChange;
import dev.whence.access.AccessRules;
import dev.whence.access.ApiKey;
import dev.whence.access.HashedKey;
import dev.whence.access.Nameless;
import dev.whence.access.Principal;
import dev.whence.access.RestrictedDataset;
import dev.whence.cli.access.RulesJson;
import dev.whence.cli.access.RulesOptions;
import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.print.Table;
import dev.whence.cli.print.Visible;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code whence access}: who may see which dataset. */
@Command(
        name = "access",
        description = {
            "Says who may see which dataset, and gives keys. The rules stand in the store; every"
                    + " query service follows them within five seconds. As long as there are none,"
                    + " everybody who reaches the service sees everything.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND")
final class AccessCommand {
    @Mixin private RulesOptions rules = new RulesOptions();

    @Option(
            names = "--by",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "Who does it, for the history; ${DEFAULT-VALUE} if left out.")
    private String by = System.getProperty("user.name", "unknown");

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            scope = ScopeType.INHERIT,
            description = "Why, for the history.")
    private String reason = "";

    @Spec private CommandSpec spec = CommandSpec.create();

    /** What is done to a principal. */
    enum PrincipalAction {
        ADD,
        REMOVE
    }

    /** What is done to a key. */
    enum KeyAction {
        ADD,
        REVOKE
    }

    /** What somebody without a key sees. */
    enum Seen {
        UNRESTRICTED,
        NOTHING
    }

    @Command(
            name = "show",
            description = {"Prints the rules that are in force; never a key.", ""})
    int show() throws Failure, IOException {
        Optional<AccessRules> newest = rules.newest();
        if (rules.json()) {
            out().println(RulesJson.shown(newest));
            return ExitCode.OK.code();
        }
        if (newest.isEmpty()) {
            out().println("no access rules: everybody who reaches the service sees everything");
            return ExitCode.OK.code();
        }
        AccessRules shown = newest.get();
        out().printf("rules %d of %s by %s%n", shown.number(), shown.at(), Visible.of(shown.by()));
        out().println("callers without a key see: " + seen(shown.state().nameless()));
        out().printf("takedowns: %,d (whence takedown list)%n", shown.state().takedowns().size());
        if (!shown.state().principals().isEmpty()) {
            out().println();
            principals(shown.state().principals()).print(out());
        }
        if (!shown.state().restricted().isEmpty()) {
            out().println();
            restricted(shown.state().restricted()).print(out());
        }
        return ExitCode.OK.code();
    }

    @Command(
            name = "history",
            description = {
                "Prints who changed the rules, when, how and why, the newest first.",
                ""
            })
    int history(
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "The most changes; ${DEFAULT-VALUE} if left out.")
                    int limit)
            throws Failure, IOException {
        if (limit < 1) {
            throw new Failure(ExitCode.USAGE, "--limit is 1 or more", null);
        }
        List<AccessRules> changes = rules.read(chain -> newest(chain, limit));
        if (rules.json()) {
            out().println(RulesJson.history(changes));
            return ExitCode.OK.code();
        }
        var table = new Table("RULES", "AT", "BY", "CHANGE", "REASON");
        for (AccessRules each : changes) {
            table.add(each.number(), each.at(), each.by(), each.change(), each.reason());
        }
        table.print(out());
        return ExitCode.OK.code();
    }

    @Command(
            name = "principal",
            description = {
                "Adds somebody who may have keys, or removes somebody with all keys.",
                ""
            })
    int principal(
            @Parameters(index = "0", paramLabel = "add|remove", description = "What to do.")
                    PrincipalAction action,
            @Parameters(
                            index = "1",
                            paramLabel = "NAME",
                            description = "1 to 63 letters a to z, digits and dashes.")
                    String name,
            @Option(
                            names = "--operator",
                            description = "They may also see how the store is laid out.")
                    boolean operator)
            throws Failure, IOException {
        return change(
                switch (action) {
                    case ADD ->
                            new AccessChange.AddPrincipal(name, operator, rules.clock().instant());
                    case REMOVE -> new AccessChange.RemovePrincipal(name);
                });
    }

    @Command(
            name = "key",
            description = {
                "Gives a principal one more key, or makes a key worth nothing. A new key is printed"
                        + " once and kept nowhere; only its hash is.",
                ""
            })
    int key(
            @Parameters(index = "0", paramLabel = "add|revoke", description = "What to do.")
                    KeyAction action,
            @Parameters(
                            index = "1",
                            paramLabel = "NAME|ID",
                            description =
                                    "For whom; or the id of the key, which is the middle of it.")
                    String subject)
            throws Failure, IOException {
        if (action == KeyAction.REVOKE) {
            return change(new AccessChange.RevokeKey(subject));
        }
        ApiKey made = ApiKey.make(rules.random());
        AccessRules changed =
                made(new AccessChange.AddKey(subject, HashedKey.of(made, rules.clock().instant())));
        err().println("This key is shown now and never again:");
        out().println(
                        rules.json()
                                ? RulesJson.changed(changed).put("key", made.secretText())
                                : made.secretText());
        return ExitCode.OK.code();
    }

    @Command(
            name = "restrict",
            description = {
                "Lets only some see a dataset; for all others it does not exist. Said again, it"
                        + " replaces who may. A dataset can be restricted before its first batch.",
                ""
            })
    int restrict(
            @Parameters(paramLabel = "DATASET", description = "Its name.") String dataset,
            @Option(
                            names = "--to",
                            paramLabel = "NAME",
                            split = ",",
                            description = "Principals who see it; none if left out.")
                    @Nullable List<String> principals)
            throws Failure, IOException {
        return change(
                new AccessChange.Restrict(dataset, principals == null ? List.of() : principals));
    }

    @Command(
            name = "release",
            description = {"Lets everybody see a dataset again.", ""})
    int release(@Parameters(paramLabel = "DATASET", description = "Its name.") String dataset)
            throws Failure, IOException {
        return change(new AccessChange.Release(dataset));
    }

    @Command(
            name = "nameless",
            description = {
                "Says what callers without a key see: unrestricted datasets, or nothing.",
                ""
            })
    int nameless(
            @Parameters(paramLabel = "unrestricted|nothing", description = "What they see.")
                    Seen what)
            throws Failure, IOException {
        return change(
                new AccessChange.SetNameless(
                        switch (what) {
                            case UNRESTRICTED -> Nameless.UNRESTRICTED;
                            case NOTHING -> Nameless.NOTHING;
                        }));
    }

    private int change(AccessChange change) throws Failure, IOException {
        AccessRules made = made(change);
        if (rules.json()) {
            out().println(RulesJson.changed(made));
        }
        return ExitCode.OK.code();
    }

    private AccessRules made(AccessChange change) throws Failure, IOException {
        AccessRules made = rules.change(change, by, reason, err());
        err().printf("rules %d: %s%n", made.number(), Visible.of(made.change()));
        return made;
    }

    /** The newest rules, and those that were before, at most so many. */
    private static List<AccessRules> newest(AccessChain chain, int limit) throws IOException {
        var changes = new ArrayList<AccessRules>();
        Optional<AccessRules> next = chain.newest();
        while (changes.size() < limit && next.isPresent()) {
            AccessRules each = next.get();
            changes.add(each);
            next = each.number() == 1 ? Optional.empty() : chain.read(each.number() - 1);
        }
        return changes;
    }

    private static String seen(Nameless nameless) {
        return switch (nameless) {
            case UNRESTRICTED, NOTHING -> nameless.text();
            case UNSAID ->
                    "unrestricted on loopback; nobody has said, so that no service starts on another address (whence access nameless)";
        };
    }

    private static Table principals(List<Principal> principals) {
        var table = new Table("PRINCIPAL", "OPERATOR", "SINCE", "KEYS");
        for (Principal each : principals) {
            table.add(
                    each.name(),
                    each.operator() ? "yes" : "no",
                    each.since(),
                    each.keys().stream()
                            .map(key -> "%s (%s)".formatted(key.id(), key.since()))
                            .collect(Collectors.joining(", ")));
        }
        return table;
    }

    private static Table restricted(List<RestrictedDataset> restricted) {
        var table = new Table("RESTRICTED DATASET", "SEEN BY");
        for (RestrictedDataset each : restricted) {
            table.add(
                    each.dataset(),
                    each.principals().isEmpty() ? "nobody" : String.join(", ", each.principals()));
        }
        return table;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
