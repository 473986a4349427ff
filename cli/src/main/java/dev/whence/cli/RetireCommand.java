package dev.whence.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.print.Table;
import dev.whence.cli.retire.RetireSettings;
import dev.whence.cli.retire.Retired;
import dev.whence.cli.retire.Retirement;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code whence index retire}. */
@Command(
        name = "retire",
        description = {
            "Deletes what old versions left, once no readable version names it and its grace has"
                    + " passed, as the indexer does each minute; beside it, too. Each object is a"
                    + " line of the log. Ends with 0 if nothing is left that may go, 3 if something"
                    + " is, 2 if it could not look.",
            ""
        })
final class RetireCommand implements Callable<Integer> {
    /** An indexer deletes by the minute; one that is updated or moved, an hour later. */
    private static final Duration LATE = Duration.ofDays(1);

    @Option(
            names = "--dry-run",
            description =
                    "Delete nothing, log what would be (or WHENCE_INDEXER_DRY_RUN), and end with 3"
                            + " if the indexer should have deleted something more than a day ago.")
    private boolean dryRun;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            description =
                    "How long objects stay after no readable version names them, as the indexer is"
                            + " told (or WHENCE_INDEXER_GRACE); one of both must be said if anything is to be"
                            + " deleted.")
    private @Nullable String grace;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @ParentCommand private IndexCommand index = new IndexCommand();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure, IOException {
        RetireSettings settings = RetireSettings.of(grace, dryRun, index.store().environment());
        PrintWriter out = spec.commandLine().getOut();
        Optional<Retired> retired;
        try (ObjectStore store = index.store().open()) {
            retired = new Retirement(store, settings, Clock.systemUTC()).run();
        }
        out.println(
                json
                        ? json(retired, settings)
                        : retired.map(done -> said(done, settings))
                                .orElse("nothing has been published yet, so nothing is old"));
        return retired.map(done -> ended(done, settings)).orElse(ExitCode.OK).code();
    }

    private static ExitCode ended(Retired retired, RetireSettings settings) {
        if (!settings.dryRun()) {
            return retired.left() == 0 && retired.dueSince().isEmpty()
                    ? ExitCode.OK
                    : ExitCode.WRONG;
        }
        if (retired.left() > 0) {
            return ExitCode.FAILED; // it could not look
        }
        return retired.dueSince()
                .filter(since -> since.plus(LATE).isBefore(Instant.now()))
                .map(_ -> ExitCode.WRONG)
                .orElse(ExitCode.OK);
    }

    private static String said(Retired retired, RetireSettings settings) {
        String deleted =
                settings.dryRun()
                        ? "a dry run"
                        : Table.number(retired.deleted()) + " objects deleted";
        String left =
                retired.dueSince()
                        .map(since -> "what may go since %s is still there".formatted(since))
                        .orElse("nothing is left that may go");
        return "version %d: %s; %s".formatted(retired.version(), deleted, left)
                + (retired.left() == 0
                        ? ""
                        : "; %s objects could not be deleted".formatted(retired.left()));
    }

    private static String json(Optional<Retired> retired, RetireSettings settings) {
        ObjectNode object = new JsonMapper().createObjectNode();
        object.put("version", retired.map(Retired::version).orElse(0L));
        object.put("dry_run", settings.dryRun());
        object.put("deleted", retired.map(Retired::deleted).orElse(0));
        object.put("left", retired.map(Retired::left).orElse(0));
        retired.flatMap(Retired::dueSince)
                .ifPresent(since -> object.put("due_since", since.toString()));
        return object.toString();
    }
}
