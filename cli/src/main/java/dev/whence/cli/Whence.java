package dev.whence.cli;

import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.print.Visible;
import dev.whence.cli.print.VisibleWriter;
import dev.whence.merge.MergeRefusedException;
import dev.whence.merge.UnreadableFileException;
import dev.whence.source.MalformedSourceException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** The root of the command line. */
@Command(
        name = "whence",
        description = {
            "Which datasets contain this domain, how many of its URLs does each hold, and which URLs"
                    + " are they?",
            ""
        },
        versionProvider = Whence.Versions.class,
        scope = CommandLine.ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the command line is wrong, or asks for a merge that cannot be: nothing was sent or"
                    + " changed",
            "2:nothing answers, or the answer is an error, or it took too long, or it cannot be"
                    + " written; check cannot tell, as another release wrote the index",
            "3:check found something wrong",
            "4:a file is malformed: a load has sent what stood before that place, a merge has changed"
                    + " nothing",
            "5:batches were sent that could not be taken (they are dead letters), or not be"
                    + " merged",
            "6:the question was answered, and the answer is: none"
        },
        footerHeading = "%nWhere things are:%n",
        footer = {
            "  An option comes first, then the environment (WHENCE_SERVER, WHENCE_KAFKA,",
            "  WHENCE_STORE_LOCATION, _ENDPOINT, _REGION, _PATH_STYLE, _ACCESS_KEY,",
            "  _SECRET_KEY), then the file standalone.json that a running `whence up` keeps",
            "  in its data directory: --data, else WHENCE_DATA, else .whence",
            "  beside the script whence, in the directory of the project. An API key is",
            "  read from --key-file or WHENCE_API_KEY."
        },
        subcommands = {
            LoadCommand.class,
            DomainCommand.class,
            UrlsCommand.class,
            UrlCommand.class,
            DatasetsCommand.class,
            CompareCommand.class,
            LookupCommand.class,
            ExportCommand.class,
            VersionsCommand.class,
            FilesCommand.class,
            CheckCommand.class,
            IndexCommand.class,
            AccessCommand.class,
            TakedownCommand.class,
            MergeCommand.class,
            CompactCommand.class,
            DeduplicateCommand.class,
            RepartitionCommand.class,
            TableCommand.class,
            CompletionCommand.class
        })
public final class Whence {
    // picocli looks at these two itself.
    @SuppressWarnings("UnusedVariable")
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Say this and end.")
    private boolean help;

    @SuppressWarnings("UnusedVariable")
    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version of this program and end.")
    private boolean version;

    private Whence() {}

    /** Runs a command and exits. */
    public static void main(String[] arguments) {
        var err =
                new PrintWriter(
                        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int code = run(new FileOutputStream(FileDescriptor.out), err, arguments);
        // A thread of a library must not keep a command alive that has ended.
        System.exit(code);
    }

    /** Runs a command and returns its exit code; an answer that is not all written is a failure. */
    static int run(OutputStream out, PrintWriter err, String... arguments) {
        var output = new Output(out);
        var printed = new PrintWriter(output, false, StandardCharsets.UTF_8);
        int code = execute(printed, err, arguments);
        printed.flush();
        Optional<IOException> failure = output.failure();
        if (failure.isEmpty()) {
            return code;
        }
        err.println("whence: cannot write: " + failure.get().getMessage());
        return ExitCode.FAILED.code();
    }

    private static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new Whence())
                .setOut(new VisibleWriter(out, false))
                .setErr(new VisibleWriter(err, true))
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExitCodeExceptionMapper(failure -> exitCode(failure).code())
                .setExecutionExceptionHandler((failure, command, _) -> {
                    command.getErr().println("whence: " + Visible.of(message(failure)));
                    return exitCode(failure).code();
                })
                .setParameterExceptionHandler((failure, _) -> {
                    CommandLine command = failure.getCommandLine();
                    command.getErr()
                            .println(
                                    "whence: "
                                            + Visible.of(Objects.toString(failure.getMessage())));
                    command.getErr()
                            .println(
                                    "Try '%s --help'."
                                            .formatted(command.getCommandSpec().qualifiedName()));
                    return ExitCode.USAGE.code();
                })
                .execute(arguments);
    }

    private static ExitCode exitCode(Throwable failure) {
        return switch (failure) {
            case Failure known -> known.exitCode();
            case MalformedSourceException _ -> ExitCode.MALFORMED;
            case UnreadableFileException _ -> ExitCode.MALFORMED;
            case MergeRefusedException _ -> ExitCode.USAGE;
            default -> ExitCode.FAILED;
        };
    }

    private static String message(Throwable failure) {
        return switch (failure) {
            case NoSuchFileException missing -> missing.getFile() + ": there is no such file";
            case UncheckedIOException wrapped when wrapped.getCause() != null ->
                    message(wrapped.getCause());
            case Failure known -> Objects.toString(known.getMessage());
            case MergeRefusedException refused -> Objects.toString(refused.getMessage());
            case IOException known when known.getMessage() != null ->
                    Objects.toString(known.getMessage());
            default -> failure.toString();
        };
    }

    /** The version of the build. */
    static final class Versions implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            try (InputStream in = Whence.class.getResourceAsStream("version.txt")) {
                String version =
                        in == null
                                ? "unknown"
                                : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
                return new String[] {"whence " + version};
            }
        }
    }
}
