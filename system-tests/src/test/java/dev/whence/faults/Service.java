package dev.whence.faults;

import dev.whence.system.CommandLine;
import dev.whence.system.LoggedProcess;
import dev.whence.system.Server;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A service as a process that is started again whenever it ends, as orchestrators do: all the hands
 * that recovery may ask for. Its way to the store is a link.
 */
final class Service implements AutoCloseable {
    private static final int PAUSE_MILLIS = 1_000;
    private static final int POLL_MILLIS = 10;

    private final String name;
    private final Map<String, String> settings;
    private final Path directory;
    private final List<String> options;
    private final FaultyLink store;
    private final Signs signs;
    private final List<End> ends = new CopyOnWriteArrayList<>();
    private final Thread supervisor;

    /** Of the process that runs. */
    private volatile Ending meant = Ending.NONE;

    private volatile LoggedProcess process;
    private volatile Server server;

    private Service(
            String name,
            Map<String, String> settings,
            Path directory,
            List<String> options,
            FaultyLink store) {
        this.name = name;
        this.settings = settings;
        this.directory = directory;
        this.options = options;
        this.store = store;
        this.signs = new Signs(this, directory);
        this.supervisor = Thread.ofPlatform().daemon().name(name).unstarted(this::supervise);
    }

    /**
     * Begins to start it.
     *
     * @param name ingest, indexer or query
     * @param directory its own, where its output goes
     * @param options of Java; the last of two that differ holds
     */
    static Service begin(
            String name,
            Map<String, String> settings,
            Path directory,
            List<String> options,
            FaultyLink store) {
        var service = new Service(name, settings, directory, options, store);
        service.supervisor.start();
        return service;
    }

    String name() {
        return name;
    }

    FaultyLink store() {
        return store;
    }

    Signs signs() {
        return signs;
    }

    /** How its processes ended so far; then comes the next. */
    List<End> ends() {
        return List.copyOf(ends);
    }

    /** The process that runs is meant to end so. */
    void mean(Ending ending) {
        meant = ending;
    }

    long pid() {
        return process.pid();
    }

    /** Where it answers. */
    Server server() throws IOException {
        Server current = server;
        if (current == null) {
            throw new ConnectException(name + " does not listen yet");
        }
        return current;
    }

    boolean isReady() throws InterruptedException {
        try {
            return server().get("/q/health/ready").statusCode() == 200;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception _) {
            return false;
        }
    }

    /** SIGKILL, to a process that runs; returns when another is started. */
    void kill() throws InterruptedException {
        LoggedProcess victim = process;
        if (!victim.isAlive()) {
            throw new IllegalStateException("%s has ended: %s".formatted(this, ends));
        }
        meant = Ending.KILLED;
        victim.kill();
        while (process == victim) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** SIGSTOP: it does not know that time goes by. */
    void stop() throws Exception {
        signal("-STOP");
    }

    /** SIGCONT. */
    void goOn() throws Exception {
        signal("-CONT");
    }

    private void signal(String signal) throws Exception {
        int status =
                new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
        if (status != 0) {
            throw new IOException("kill %s of %s ended with %d".formatted(signal, name, status));
        }
    }

    private void supervise() {
        try {
            while (true) {
                LoggedProcess next = LoggedProcess.start(command(), settings, directory);
                process = next;
                awaitAddress(next);
                int status = next.awaitEnd();
                server = null;
                ends.add(End.of(status, next.output(), meant));
                meant = Ending.NONE;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException(name + " cannot be started", e);
        }
    }

    private void awaitAddress(LoggedProcess started) throws Exception {
        try {
            server =
                    new Server(
                            URI.create(started.awaitLine("Listening on: (http://127.0.0.1:\\d+)")));
        } catch (AssertionError _) {
            // It ended before it listened: its output is kept, and it is started again.
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(options);
        Path jar = Path.of(name + "-service", "target/quarkus-app/quarkus-run.jar");
        command.addAll(List.of("-jar", CommandLine.ROOT.resolve(jar).toString()));
        return command;
    }

    @Override
    public String toString() {
        return directory.getFileName().toString();
    }

    @Override
    public void close() throws Exception {
        supervisor.interrupt();
        supervisor.join();
        if (process != null) {
            process.close();
        }
        store.close();
    }
}
