package dev.whence.cli;

import dev.whence.catalog.Dataset;
import dev.whence.catalog.Strategy;
import dev.whence.cli.load.BatchEncoder;
import dev.whence.cli.load.BatchTopic;
import dev.whence.cli.load.InputFile;
import dev.whence.cli.load.KafkaServers;
import dev.whence.cli.load.Loaded;
import dev.whence.cli.load.LogOffsets;
import dev.whence.cli.load.Progress;
import dev.whence.cli.load.Sending;
import dev.whence.cli.load.ServedVersions;
import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.place.Place;
import dev.whence.cli.place.ServerOptions;
import dev.whence.cli.print.Table;
import dev.whence.cli.print.Visible;
import dev.whence.source.MalformedSourceException;
import dev.whence.source.Skipped;
import dev.whence.source.UrlSources;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whence load}. */
@Command(
        name = "load",
        description = {
            "Sends the URLs of files to a dataset, which is made if there is none of that name.",
            "",
            "Formats: text (a URL a line), csv (with a header line), ndjson (objects or strings), cdx,"
                    + " cdxj, parquet. Gzip and zstd are seen by their first bytes. A column or field"
                    + " ts or timestamp is the time of capture; an object extras of NDJSON is kept.",
            "",
            "A URL that cannot be taken is rejected and counted; that is no failure. When a file is"
                    + " malformed, what stood before that place has been sent.",
            ""
        })
final class LoadCommand implements Callable<Integer> {
    private static final long MOST_TIMEOUT_SECONDS = 7 * 24 * 60 * 60;

    @Parameters(index = "0", paramLabel = "DATASET", description = "The dataset's name.")
    private String dataset = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Files to read; - is standard input.")
    private List<String> files = List.of();

    @Option(
            names = "--strategy",
            paramLabel = "S",
            description =
                    "insert (the dataset is a set: a URL that it has stays as it is), append (a URL may"
                            + " stand twice), update, upsert, full_merge, deduplicate or delete;"
                            + " ${DEFAULT-VALUE} if left out.")
    private String strategy = Strategy.INSERT.text();

    @Option(
            names = "--format",
            paramLabel = "F",
            description =
                    "text, csv, ndjson, cdx, cdxj or parquet; if left out, what each file's name says,"
                            + " else text.")
    private @Nullable String format;

    @Option(
            names = "--url-column",
            paramLabel = "C",
            description = "The column or field of the URL; ${DEFAULT-VALUE} if left out.")
    private String urlColumn = UrlSources.DEFAULT_URL_COLUMN;

    @Option(
            names = "--wait",
            description =
                    "Return when the served version holds everything, and print what became of it."
                            + " Batches that others send to the dataset meanwhile are counted too.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long to wait at most, up to a week; ${DEFAULT-VALUE} if left out.")
    private long timeoutSeconds = 300;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "The Kafka broker (or WHENCE_KAFKA).")
    private @Nullable String kafka;

    @Mixin private ServerOptions server = new ServerOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure, IOException {
        Strategy how = requireUsage();
        List<InputFile> inputs = InputFile.all(files, format, urlColumn);
        Duration timeout = Duration.ofSeconds(timeoutSeconds);
        Place place = server.place();
        String broker = place.require(kafka, "WHENCE_KAFKA", "kafka", "the Kafka broker");
        String whenSilent =
                place.whenSilent(kafka, "WHENCE_KAFKA", "--kafka HOST:PORT or WHENCE_KAFKA");
        ServedVersions versions = wait ? new ServedVersions(server.connect()) : null;
        long before = versions == null ? 0 : versions.current();
        PrintWriter err = spec.commandLine().getErr();
        var progress = new Progress(err, Progress.standardErrorIsTerminal(), inputs.size());
        // The broker of a running `whence up` speaks as plainly as it does.
        Map<String, String> said =
                place.isSaid(kafka, "WHENCE_KAFKA") ? place.environment() : Map.of();
        KafkaServers servers = KafkaServers.of(broker, said);
        try (BatchTopic topic = BatchTopic.open(servers, whenSilent, dataset, timeout)) {
            var sending =
                    new Sending(
                            new BatchEncoder(dataset, how, UUID.randomUUID().toString()),
                            topic,
                            progress);
            try {
                sending.send(inputs);
            } catch (MalformedSourceException e) {
                topic.flush();
                progress.end();
                reportSkipped("skipped ", sending.skipped());
                throw malformed(e, progress.rows());
            }
            LogOffsets offsets = topic.flush();
            if (versions == null) {
                progress.end();
                spec.commandLine().getOut().println("sent " + Table.number(progress.rows()));
                reportSkipped("skipped ", sending.skipped());
                return ExitCode.OK.code();
            }
            progress.waiting("waiting for the version that serves them …");
            long served = versions.await(dataset, offsets, timeout);
            progress.end();
            Loaded loaded = versions.changes(dataset, before, served);
            return report(progress.rows(), sending.skipped(), loaded).code();
        } finally {
            progress.end();
        }
    }

    private static Failure malformed(MalformedSourceException cause, long sent) {
        return new Failure(
                ExitCode.MALFORMED,
                cause.getMessage()
                        + ". The %s rows before that were sent.".formatted(Table.number(sent)),
                cause);
    }

    private ExitCode report(long sent, Skipped skipped, Loaded loaded) {
        PrintWriter out = spec.commandLine().getOut();
        String reasons =
                loaded.rejected().entrySet().stream()
                        .map(reason ->
                                Visible.of(reason.getKey()) + " " + Table.number(reason.getValue()))
                        .collect(Collectors.joining(", ", " (", ")"));
        out.println("sent     " + Table.number(sent));
        reportSkipped("skipped  ", skipped);
        out.println("accepted " + Table.number(loaded.accepted()));
        out.println(
                "rejected "
                        + Table.number(loaded.rejectedInAll())
                        + (loaded.rejected().isEmpty() ? "" : reasons));
        out.println("new      " + Table.number(loaded.added()));
        if (loaded.removed() > 0) {
            out.println("removed  " + Table.number(loaded.removed()));
        }
        out.println("version  " + loaded.version());
        for (String reason : loaded.refused()) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "whence: a batch of the dataset changed nothing: "
                                    + Visible.of(reason));
        }
        if (!loaded.refused().isEmpty()) {
            return ExitCode.DEAD_LETTERS;
        }
        if (loaded.read() < sent) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "whence: %s rows were in batches that could not be taken; the reasons are headers of the dead letters in the topic %s.dlq"
                                    .formatted(
                                            Table.number(sent - loaded.read()), BatchTopic.NAME));
            return ExitCode.DEAD_LETTERS;
        }
        return ExitCode.OK;
    }

    private void reportSkipped(String heading, Skipped skipped) {
        if (skipped.rows() > 0) {
            String rows = Table.number(skipped.rows());
            spec.commandLine()
                    .getOut()
                    .println(
                            "%s%s (without a URL %s, the first at %s)"
                                    .formatted(heading, rows, rows, Visible.of(skipped.first())));
        }
    }

    private Strategy requireUsage() throws Failure {
        try {
            Dataset.requireName(dataset);
            if (timeoutSeconds < 1 || timeoutSeconds > MOST_TIMEOUT_SECONDS) {
                throw new IllegalArgumentException(
                        "--timeout is 1 to %d seconds (a week)".formatted(MOST_TIMEOUT_SECONDS));
            }
            return Strategy.of(strategy);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e);
        }
    }
}
