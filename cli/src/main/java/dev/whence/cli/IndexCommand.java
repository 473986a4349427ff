package dev.whence.cli;

import dev.whence.catalog.Dataset;
import dev.whence.catalog.DatasetRegistry;
import dev.whence.catalog.FreshId;
import dev.whence.catalog.Instruction;
import dev.whence.catalog.Instruction.Kind;
import dev.whence.catalog.InstructionLog;
import dev.whence.catalog.Operations;
import dev.whence.catalog.Pin;
import dev.whence.catalog.Rollback;
import dev.whence.catalog.Version;
import dev.whence.catalog.VersionChain;
import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.place.StoreOptions;
import dev.whence.cli.print.Table;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code whence index}: what an operator asks of the indexer. */
@Command(
        name = "index",
        description = {
            "Takes datasets back to an older version, takes in again what that left out, and keeps"
                    + " versions readable. The indexer does it with its next versions; this command"
                    + " waits for them. And deletes what old versions left.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = RetireCommand.class)
final class IndexCommand {
    private static final Duration POLL = Duration.ofMillis(200);

    @Mixin private StoreOptions options = new StoreOptions();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            scope = ScopeType.INHERIT,
            description = "How long to wait for the indexer; ${DEFAULT-VALUE} if left out.")
    private long timeoutSeconds = 60;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "rollback",
            description = {
                "Makes a dataset, or all, hold what they held in an older version that is still"
                        + " readable. What came since is left out, and can be replayed.",
                ""
            })
    int rollback(
            @Parameters(paramLabel = "VERSION", description = "The version to go back to.")
                    long version,
            @Option(names = "--dataset", paramLabel = "NAME", description = "Only this dataset.")
                    @Nullable String dataset,
            @Option(names = "--all", description = "All datasets.") boolean all,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            required = true,
                            description = "Why, for those who read it later.")
                    String reason)
            throws Failure, IOException {
        if (all == (dataset != null)) {
            throw new Failure(ExitCode.USAGE, "either --dataset NAME or --all", null);
        }
        return ask(Kind.ROLLBACK, version, dataset, reason);
    }

    @Command(
            name = "replay",
            description = {
                "Takes in again what a rollback left out, behind everything that has come since.",
                ""
            })
    int replay(
            @Parameters(
                            paramLabel = "VERSION",
                            description = "The version in which was rolled back.")
                    long version,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            defaultValue = "",
                            description = "Why.")
                    String reason)
            throws Failure, IOException {
        return ask(Kind.REPLAY, version, null, reason);
    }

    @Command(
            name = "pin",
            description = {"Keeps a version, and all after it, readable until it is unpinned.", ""})
    int pin(
            @Parameters(paramLabel = "VERSION", description = "A version that is readable.")
                    long version,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            defaultValue = "",
                            description = "Why.")
                    String reason)
            throws Failure, IOException {
        return ask(Kind.PIN, version, null, reason);
    }

    @Command(
            name = "unpin",
            description = {"Ends a pin.", ""})
    int unpin(
            @Parameters(paramLabel = "VERSION", description = "The pinned version.") long version,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            defaultValue = "",
                            description = "Why.")
                    String reason)
            throws Failure, IOException {
        return ask(Kind.UNPIN, version, null, reason);
    }

    @Command(
            name = "operations",
            description = {"Prints the pins, and the rollbacks that are not replayed.", ""})
    int operations() throws Failure, IOException {
        try (ObjectStore store = options.open()) {
            Operations operations =
                    new VersionChain(store)
                            .latest()
                            .map(Version::operationsOrNone)
                            .orElse(Operations.NONE);
            var table = new Table("WHAT", "VERSION", "TO", "DATASET");
            for (Pin pin : operations.pins()) {
                table.add("pin", pin.version(), "", "");
            }
            for (Rollback rollback : operations.rollbacks()) {
                Integer id = rollback.datasetId();
                table.add(
                        "rollback",
                        rollback.version(),
                        rollback.to(),
                        id == null ? "all" : nameOf(id, store));
            }
            table.print(out());
        }
        return ExitCode.OK.code();
    }

    /** Where the store is. */
    StoreOptions store() {
        return options;
    }

    private int ask(Kind kind, long version, @Nullable String dataset, String reason)
            throws Failure, IOException {
        if (version < 1 || timeoutSeconds < 1 || reason.length() > Instruction.MAX_REASON_LENGTH) {
            throw new Failure(
                    ExitCode.USAGE,
                    "a version and --timeout are 1 or more, a reason has at most %d characters"
                            .formatted(Instruction.MAX_REASON_LENGTH),
                    null);
        }
        try (ObjectStore store = options.open()) {
            var versions = new VersionChain(store);
            Version newest =
                    versions.latest()
                            .orElseThrow(() ->
                                    Failure.of(
                                            "there is no version yet: nothing has been published",
                                            null));
            Integer datasetId = dataset == null ? null : idOf(dataset, store);
            Instruction given =
                    new InstructionLog(store)
                            .give(
                                    newest.operationsOrNone().taken(),
                                    kind,
                                    version,
                                    datasetId,
                                    reason,
                                    new FreshId(Clock.systemUTC(), new SecureRandom()),
                                    Clock.systemUTC());
            return report(given, await(given, newest.number() + 1, versions));
        }
    }

    /** The version that took the instruction in. */
    private Version await(Instruction given, long from, VersionChain versions)
            throws Failure, IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(timeoutSeconds).toNanos();
        long next = from;
        while (true) {
            Optional<Version> version = versions.read(next);
            if (version.isPresent()) {
                Instruction taken = version.get().operationsOrNone().instruction();
                if (taken != null && taken.number() == given.number()) {
                    return version.get();
                }
                next++;
            } else if (System.nanoTime() >= deadline) {
                throw Failure.of(
                        "instruction %d is in the store, but after %d seconds no indexer has taken it in. It will, when it runs: do not give it again."
                                .formatted(given.number(), timeoutSeconds),
                        null);
            } else {
                pause();
            }
        }
    }

    private int report(Instruction given, Version version) throws Failure {
        String refused = version.operationsOrNone().refused();
        if (refused != null) {
            throw Failure.of(
                    "%s %d is refused: %s".formatted(given.kind().text(), given.version(), refused),
                    null);
        }
        out().println(
                        "version %d: %s %d"
                                .formatted(version.number(), given.kind().text(), given.version()));
        if (given.kind() == Kind.ROLLBACK) {
            out().println("what it left out: whence index replay %d".formatted(version.number()));
        }
        if (!version.queued().isEmpty() && given.kind() == Kind.REPLAY) {
            out().println("the batches are being merged; `whence versions` shows when they are");
        }
        return ExitCode.OK.code();
    }

    private static int idOf(String dataset, ObjectStore store) throws Failure, IOException {
        return new DatasetRegistry(store, Clock.systemUTC())
                .find(dataset)
                .map(Dataset::id)
                .orElseThrow(() -> Failure.of("there is no dataset '" + dataset + "'", null));
    }

    private static String nameOf(int datasetId, ObjectStore store) throws IOException {
        return new DatasetRegistry(store, Clock.systemUTC())
                .get(datasetId)
                .map(Dataset::name)
                .orElse(Integer.toUnsignedString(datasetId));
    }

    private static void pause() throws Failure {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of("interrupted while waiting", e);
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
