package dev.whence.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Load from wrk, on one thread. */
record Wrk(String address, int connections, int seconds) {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern P99 = Pattern.compile("99%\\s+([\\d.]+)(us|ms|s)");
    private static final Pattern BAD = Pattern.compile("Non-2xx.*|Socket errors.*");

    /** Requests a second, and what all but one in a hundred of them took at most. */
    record Result(double rate, double p99Millis) {}

    /**
     * Asks for some seconds.
     *
     * @param script that makes the requests; null for the path alone
     * @throws IllegalStateException if an answer was none
     */
    Result run(String path, @Nullable Path script) throws Exception {
        var command =
                new ArrayList<>(
                        List.of(
                                "wrk",
                                "-t1",
                                "-c" + connections,
                                "-d" + seconds + "s",
                                "--timeout",
                                "30s",
                                "--latency"));
        if (script != null) {
            command.addAll(List.of("-s", script.toString()));
        }
        command.add(address + path);
        Process wrk;
        try {
            wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IllegalStateException("this benchmark needs wrk (Debian package wrk)", e);
        }
        String printed = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        wrk.waitFor();
        Matcher bad = BAD.matcher(printed);
        if (bad.find()) {
            throw new IllegalStateException(path + ": " + bad.group());
        }
        Matcher p99 = P99.matcher(printed);
        Matcher rate = RATE.matcher(printed);
        if (!rate.find() || !p99.find()) {
            throw new IllegalStateException("wrk printed:\n" + printed);
        }
        var result =
                new Result(
                        Double.parseDouble(rate.group(1)),
                        Double.parseDouble(p99.group(1)) * millis(p99.group(2)));
        System.out.printf(
                "    %-36s %12s/s  p99 %s%s%n", path, rate.group(1), p99.group(1), p99.group(2));
        return result;
    }

    private static double millis(String unit) {
        return switch (unit) {
            case "us" -> 1e-3;
            case "ms" -> 1;
            default -> 1e3;
        };
    }
}
