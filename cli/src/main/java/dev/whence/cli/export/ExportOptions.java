package dev.whence.cli.export;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.cli.ask.VersionOption;
import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.place.Server;
import dev.whence.cli.place.ServerOptions;
import dev.whence.cli.print.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where an export goes and how much of it, the same for all lists. */
public final class ExportOptions {
    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "The file to make; its ending says the format: .ndjson, .csv, .parquet.")
    private Path output = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}, whatever the file's name says.")
    private @Nullable ExportFormat format;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "The most rows; all of them if left out.")
    private @Nullable Long limit;

    @Option(
            names = "--rows-per-file",
            paramLabel = "N",
            description =
                    "Write Parquet as FILE-00001 and so on, so many rows each; what is cut off"
                            + " then goes on behind the last whole file.")
    private @Nullable Long rowsPerFile;

    @Option(names = "--force", description = "Replace a file that is there.")
    private boolean force;

    @Option(
            names = "--plain",
            description =
                    "Leave out the last record of CSV and NDJSON, which says that the file is"
                            + " whole: for tools that would take it for a row.")
    private boolean plain;

    @Mixin private VersionOption version = new VersionOption();

    @Mixin private ServerOptions server = new ServerOptions();

    /** The server that will be asked. */
    public Server connect() throws Failure {
        return server.connect();
    }

    /** The version that is asked for; null for the newest. */
    public @Nullable Long version() throws Failure {
        return version.number();
    }

    /**
     * Makes the file, or leaves what there is of it to the same command.
     *
     * @param path of the export, with the list's own parameters
     * @param body null for none
     */
    public void export(Server from, String path, @Nullable JsonNode body, PrintWriter err)
            throws Failure, IOException {
        requirePositive("--limit", limit);
        requirePositive("--rows-per-file", rowsPerFile);
        Path target = output.toAbsolutePath().normalize();
        if (Files.exists(target) && (!force || !Files.isRegularFile(target))) {
            throw new Failure(
                    ExitCode.USAGE, output + " is there already; --force replaces a file", null);
        }
        var question = new ExportQuestion(path, body, format(), version.number(), limit);
        ListEnd end = end(from, question, target, err);
        err.println(
                "%s rows of version %d in %s%s"
                        .formatted(
                                Table.number(end.rows()),
                                end.version(),
                                output,
                                end.nextCursor() == null ? "" : "; the list goes on"));
    }

    private ListEnd end(Server from, ExportQuestion question, Path target, PrintWriter err)
            throws Failure, IOException {
        if (rowsPerFile == null) {
            try (Part part = Part.open(target)) {
                return run(from, question, part, err);
            }
        }
        if (question.format() != ExportFormat.PARQUET) {
            throw new Failure(
                    ExitCode.USAGE, "--rows-per-file is for Parquet; other formats go on", null);
        }
        return new ParquetParts(from, question, rowsPerFile, target, force).run();
    }

    private static void requirePositive(String option, @Nullable Long value) throws Failure {
        if (value != null && value < 1) {
            throw new Failure(ExitCode.USAGE, option + " is 1 or more", null);
        }
    }

    private ListEnd run(Server from, ExportQuestion question, Part part, PrintWriter err)
            throws Failure, IOException {
        if (question.format() == ExportFormat.PARQUET) {
            return new ParquetExport(from, question, null, part).run();
        }
        RecordFormat records =
                question.format() == ExportFormat.CSV ? new CsvRecords() : new NdjsonRecords();
        var export = new RecordExport(from, question, records, !plain, part);
        if (export.rowsBefore() > 0) {
            err.println("going on behind " + Table.number(export.rowsBefore()) + " rows");
        }
        return export.run();
    }

    private ExportFormat format() throws Failure {
        if (format != null) {
            return format;
        }
        return ExportFormat.ofName(output)
                .orElseThrow(() ->
                        new Failure(
                                ExitCode.USAGE,
                                output
                                        + " says no format by its ending: expected .ndjson, .csv or"
                                        + " .parquet, or --format",
                                null));
    }
}
