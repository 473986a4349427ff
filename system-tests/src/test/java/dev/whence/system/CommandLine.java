package dev.whence.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code ./whence} with arguments, or its image, told by its environment where the servers are. */
public record CommandLine(Map<String, String> environment, Path scratch) {
    public static final Path ROOT = Path.of(System.getProperty("whence.root"));

    /** What a command did. */
    public record Result(int exitCode, String output, String errors) {
        public String all() {
            return output + errors;
        }
    }

    /** A command under way. */
    record Started(Process process, Path output, Path errors) {
        Result await() throws Exception {
            int exitCode = process.waitFor();
            return new Result(exitCode, Files.readString(output), Files.readString(errors));
        }
    }

    Started start(String... arguments) throws IOException {
        var command = new ArrayList<>(Runner.chosen().commandLine(environment));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(scratch, "cli-", ".out");
        Path errors = Files.createTempFile(scratch, "cli-", ".err");
        var builder =
                new ProcessBuilder(command)
                        .directory(ROOT.toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile());
        builder.environment().put("WHENCE_BUILT", "true");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new Started(process, output, errors);
    }

    /** Runs a command to its end. */
    public Result run(String... arguments) throws Exception {
        return start(arguments).await();
    }

    /** Loads a file and waits until it is served. */
    Result load(Map.Entry<String, Path> list) throws Exception {
        return run("load", list.getKey(), list.getValue().toString(), "--wait");
    }

    Started startLoad(Map.Entry<String, Path> list) throws IOException {
        return start("load", list.getKey(), list.getValue().toString(), "--wait");
    }
}
