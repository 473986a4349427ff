package dev.whence.system;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls of podman, each a process. */
final class Podman {
    /** With options of its own, such as those that a machine without systemd needs. */
    private static final List<String> PODMAN =
            List.of(System.getProperty("whence.containers.podman", "podman").split(" "));

    private static final int CALL_TIMEOUT_SECONDS = 120;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private Podman() {}

    static List<String> command(String verb, List<String> arguments) {
        var command = new ArrayList<>(PODMAN);
        command.add(verb);
        command.addAll(arguments);
        return command;
    }

    /** How a command ended, and what it printed, errors included. */
    private record Ended(int status, String output) {}

    /** Runs a command to its end and returns what it printed, errors included. */
    static String call(String verb, List<String> arguments) throws Exception {
        Ended ended = run(verb, arguments);
        if (ended.status != 0) {
            throw new AssertionError(command(verb, arguments) + " failed: " + ended.output);
        }
        return ended.output;
    }

    /** Whether a command went well. */
    static boolean does(String verb, List<String> arguments) throws Exception {
        return run(verb, arguments).status == 0;
    }

    private static Ended run(String verb, List<String> arguments) throws Exception {
        List<String> command = command(verb, arguments);
        // Where a container runs out of memory, a file that says so is left where it was started.
        var builder =
                new ProcessBuilder(command)
                        .directory(new File(System.getProperty("java.io.tmpdir")))
                        .redirectErrorStream(true);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(CALL_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command + " has not ended");
        }
        return new Ended(process.exitValue(), output);
    }

    /** Waits for a line of a container and returns the pattern's first group in it. */
    static String awaitLog(String container, String pattern) throws Exception {
        Pattern wanted = Pattern.compile(pattern);
        Instant deadline = Instant.now().plus(PATIENCE);
        while (true) {
            String log = call("logs", List.of(container));
            Matcher found = wanted.matcher(log);
            if (found.find()) {
                return found.group(1);
            }
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("waited for " + pattern + " in vain:\n" + log);
            }
            Thread.sleep(200);
        }
    }
}
