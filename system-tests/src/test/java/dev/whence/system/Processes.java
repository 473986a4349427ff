package dev.whence.system;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Each service is a process of this machine, its cache in its directory. */
final class Processes implements Runner {
    @Override
    public Running start(String service, Map<String, String> environment, Path directory)
            throws Exception {
        var settings = new HashMap<>(environment);
        settings.put(
                "WHENCE_%s_CACHE_DIRECTORY".formatted(service.toUpperCase(Locale.ROOT)),
                directory.resolve("cache").toString());
        settings.put("QUARKUS_HTTP_PORT", "0");
        LoggedProcess process =
                LoggedProcess.start(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-jar",
                                CommandLine.ROOT
                                        .resolve(service + "-service")
                                        .resolve("target/quarkus-app/quarkus-run.jar")
                                        .toString()),
                        settings,
                        directory);
        String address = process.awaitLine("Listening on: (http://127.0.0.1:\\d+)");
        return new RunningProcess(process, new Server(URI.create(address)));
    }

    @Override
    public List<String> commandLine(Map<String, String> environment) {
        return List.of(CommandLine.ROOT.resolve("whence").toString());
    }

    private record RunningProcess(LoggedProcess process, Server server) implements Running {
        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public void kill() throws InterruptedException {
            process.kill();
        }

        @Override
        public int terminate() throws InterruptedException {
            return process.terminate();
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
