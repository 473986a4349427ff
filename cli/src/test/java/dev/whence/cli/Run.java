package dev.whence.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A command line that was run: its exit code and what it printed. */
public record Run(int exitCode, String out, String err) {

    public static Run of(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new StringWriter();
        int exitCode = Whence.run(out, new PrintWriter(err, true), arguments);
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString());
    }

    public List<String> lines() {
        return out.lines().toList();
    }
}
