package dev.whence.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.place.Server;
import dev.whence.cli.place.ServerOptions;
import dev.whence.cli.print.Visible;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code whence files}. There may be millions: they are printed as they come. */
@Command(
        name = "files",
        description = {
            "Prints where a version's Parquet files are, one a line, or a query that reads exactly"
                    + " them.",
            "",
            "A listing of the lake also shows files that were superseded and not yet deleted; these"
                    + " are the ones that count.",
            "",
            "Examples:",
            "  whence files --sql duckdb | duckdb",
            "  whence files --version 264",
            ""
        })
final class FilesCommand implements Callable<Integer> {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int CHUNK_CHARS = 1 << 14;
    private static final int FILES_BETWEEN_CHECKS = 1_000;

    @Option(
            names = "--version",
            paramLabel = "N",
            description = "The version; the one that is served if left out.")
    private @Nullable Long version;

    @Option(
            names = "--sql",
            paramLabel = "ENGINE",
            description =
                    "Print a read for an engine instead: ${COMPLETION-CANDIDATES} (DuckDB's SQL, or"
                            + " PySpark).")
    private @Nullable LakeQuery query;

    @Option(names = "--json", description = "Print the server's answer as it is.")
    private boolean json;

    @Mixin private ServerOptions options = new ServerOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        PrintWriter out = spec.commandLine().getOut();
        Server server = options.connect();
        long number = version == null ? served(server) : version;
        String path = "/v1/versions/" + number + "/files";
        try (InputStream body = server.open(path)) {
            if (json) {
                copy(body, out);
            } else if (!print(body, out)) {
                spec.commandLine().getErr().println("version " + number + " has no files");
            }
        } catch (IOException e) {
            throw Failure.of("the answer of " + path + " broke off: " + e.getMessage(), e);
        }
        return ExitCode.OK.code();
    }

    private static long served(Server server) throws Failure {
        return server.get("/v1/versions?limit=1").number("served");
    }

    private static void copy(InputStream body, PrintWriter out) throws IOException {
        Reader text = new InputStreamReader(body, StandardCharsets.UTF_8);
        char[] chunk = new char[CHUNK_CHARS];
        for (int read = text.read(chunk); read >= 0 && !out.checkError(); read = text.read(chunk)) {
            out.write(chunk, 0, read);
        }
        out.println();
    }

    private boolean print(InputStream body, PrintWriter out) throws IOException {
        long found = 0;
        try (JsonParser files = JSON.createParser(body)) {
            String key = "";
            String location = "";
            for (JsonToken token = files.nextToken(); token != null; token = files.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    switch (files.currentName()) {
                        case "key" -> key = files.getText();
                        case "location" -> location = files.getText();
                        case null, default -> {}
                    }
                } else if (token == JsonToken.END_OBJECT && files.getParsingContext().inArray()) {
                    printFile(key, location, found == 0, out);
                    found++;
                    // Where nothing can be written there is no use in reading on.
                    if (found % FILES_BETWEEN_CHECKS == 0 && out.checkError()) {
                        break;
                    }
                }
            }
        }
        if (found > 0 && query != null) {
            query.end(out);
        }
        return found > 0;
    }

    private void printFile(String key, String location, boolean first, PrintWriter out) {
        if (query == null) {
            out.println(Visible.of(location));
            return;
        }
        if (first) {
            query.begin(location.substring(0, location.length() - key.length()) + "urls/", out);
        }
        query.file(location, out);
    }
}
