package dev.whence.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process whose output goes to a file, where its lines are waited for. */
public final class LoggedProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Process process;
    private final Path output;

    private LoggedProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    public static LoggedProcess start(
            List<String> command, Map<String, String> environment, Path directory)
            throws IOException {
        Path output = Files.createTempFile(directory, "process-", ".out");
        var builder =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().put("WHENCE_BUILT", "true");
        builder.environment().putAll(environment);
        return new LoggedProcess(builder.start(), output);
    }

    /** Waits for a line and returns the pattern's first group in it. */
    public String awaitLine(String pattern) throws Exception {
        Pattern wanted = Pattern.compile(pattern, Pattern.MULTILINE);
        Instant deadline = Instant.now().plus(PATIENCE);
        while (true) {
            boolean alive = process.isAlive();
            Matcher found = wanted.matcher(Files.readString(output));
            if (found.find()) {
                return found.group(1);
            }
            if (!alive || Instant.now().isAfter(deadline)) {
                process.destroyForcibly();
                throw new AssertionError(
                        "waited for %s in vain; printed was:\n%s"
                                .formatted(pattern, Files.readString(output)));
            }
            Thread.sleep(50);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns its exit status when it has ended, however. */
    public int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /** All that it printed so far. */
    public String output() throws IOException {
        return Files.readString(output);
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; returns the exit status. */
    public int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("still runs 60 s after SIGTERM");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
