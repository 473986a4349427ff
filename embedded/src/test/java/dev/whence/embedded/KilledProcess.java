package dev.whence.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A server in a process of its own, for tests that kill it. The child's main class prints one line
 * when it serves, and then waits for its end.
 */
final class KilledProcess implements AutoCloseable {
    private final Process process;
    private final String firstLine;

    private KilledProcess(Process process, String firstLine) {
        this.process = process;
        this.firstLine = firstLine;
    }

    static KilledProcess start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(Arrays.asList(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        if (line == null) {
            process.destroyForcibly();
            throw new IOException(main.getSimpleName() + " ended before it served");
        }
        return new KilledProcess(process, line);
    }

    String firstLine() {
        return firstLine;
    }

    /** What {@code kill -9} does; returns when the process is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
