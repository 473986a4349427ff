package dev.whence.system;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Questions from wrk, one thread and 8 connections, for ten seconds. */
final class Load {
    private Load() {}

    /** A script that looks domains up at random. */
    static Path lookups(Path directory, List<String> domains) throws IOException {
        Path list = Files.write(directory.resolve("domains.txt"), domains);
        return Files.writeString(
                directory.resolve("lookups.lua"),
                """
                local domains = {}
                for line in io.lines("%s") do domains[#domains + 1] = line end
                request = function()
                  return wrk.format("GET", "/v1/domain/" .. domains[math.random(#domains)])
                end
                """
                        .formatted(list));
    }

    /**
     * Asks, and prints what wrk says of rate, the slowest in a hundred, and errors.
     *
     * @param script that makes the requests; null for the path alone
     * @return how many answers there were
     */
    static long print(Server server, String path, Path script) throws Exception {
        var command = new ArrayList<>(List.of("wrk", "-t1", "-c8", "-d10s", "--latency"));
        if (script != null) {
            command.addAll(List.of("-s", script.toString()));
        }
        command.add(server.address() + (script == null ? path : "/"));
        Process wrk;
        try {
            wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return abort("wrk (Debian package wrk) is absent");
        }
        wrk.getOutputStream().close();
        String printed = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(path + ":");
        printed.lines()
                .map(String::strip)
                .filter(line -> line.matches("(Requests/sec|99%|Non-2xx|Socket errors).*"))
                .forEach(line -> System.out.println("  " + line));
        Matcher requests = Pattern.compile("(\\d+) requests in").matcher(printed);
        return requests.find() ? Long.parseLong(requests.group(1)) : 0;
    }
}
