package dev.whence.system;

import dev.whence.deploy.HouseVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Each service is a container of one CPU and 1 GiB, with a read-only root, no capability and the
 * image's own user, on this machine's network: broker and store are on its loopback.
 */
final class Containers implements Runner {
    private static final String MEMORY = System.getProperty("whence.containers.memory", "1g");
    private static final String CPUS = System.getProperty("whence.containers.cpus", "1");

    /** That of {@code ./whence images}, if it is not said. */
    private static final String TAG =
            System.getProperty("whence.containers.tag", HouseVersion.of());

    static boolean areWanted() {
        return Boolean.getBoolean("whence.containers");
    }

    @Override
    public RunningContainer start(String service, Map<String, String> environment, Path directory)
            throws Exception {
        String name = "whence-test-%s-%s".formatted(service, UUID.randomUUID());
        var arguments = hardened(environment);
        arguments.addAll(List.of("--detach", "--name", name));
        arguments.addAll(List.of("--memory", MEMORY, "--memory-swap", MEMORY, "--cpus", CPUS));
        arguments.addAll(List.of("--env", "QUARKUS_HTTP_HOST=127.0.0.1"));
        arguments.addAll(List.of("--env", "QUARKUS_HTTP_PORT=0"));
        arguments.add(image(service + "-service"));
        Podman.call("run", arguments);
        boolean listens = false;
        try {
            String address = Podman.awaitLog(name, "Listening on: (http://127\\.0\\.0\\.1:\\d+)");
            listens = true;
            return new RunningContainer(name, new Server(URI.create(address)));
        } finally {
            if (!listens) {
                remove(name);
            }
        }
    }

    @Override
    public List<String> commandLine(Map<String, String> environment) throws IOException {
        Path lists = CommandLine.ROOT.resolve("../shared").toRealPath();
        var arguments = hardened(environment);
        arguments.addAll(List.of("--rm", "--interactive"));
        arguments.addAll(List.of("--volume", lists + ":" + lists + ":ro"));
        arguments.add(image("cli"));
        return Podman.command("run", arguments);
    }

    private static List<String> hardened(Map<String, String> environment) {
        var arguments = new ArrayList<String>();
        arguments.addAll(List.of("--network", "host", "--read-only", "--cap-drop", "ALL"));
        arguments.addAll(List.of("--security-opt", "no-new-privileges"));
        // By default podman asks for more than a machine within another may give.
        arguments.addAll(List.of("--ulimit", "nofile=8192:8192", "--ulimit", "nproc=4096:4096"));
        environment.forEach(
                (name, value) -> arguments.addAll(List.of("--env", name + "=" + value)));
        return arguments;
    }

    private static String image(String name) {
        return "localhost/whence/" + name + ":" + TAG;
    }

    private static void remove(String name) throws Exception {
        Podman.call("rm", List.of("--force", "--time", "0", "--volumes", name));
    }

    record RunningContainer(String name, Server server) implements Running {
        /** What is left to it at the limit. */
        private static final long ROOM_BYTES = 4L << 20;

        /** Lets it have no more memory than it has, but a little. */
        void limitMemory() throws Exception {
            long bytes = memoryBytes() + ROOM_BYTES;
            while (!mayHave(bytes)) {
                bytes += ROOM_BYTES; // with what the kernel holds for it, it has more
            }
        }

        private boolean mayHave(long bytes) throws Exception {
            String most = Long.toString(bytes);
            return Podman.does("update", List.of("--memory", most, "--memory-swap", most, name));
        }

        private long memoryBytes() throws Exception {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid() + "/status"))) {
                if (line.startsWith("RssAnon:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
                }
            }
            throw new IOException(name + " tells of no RssAnon");
        }

        boolean runs() throws Exception {
            List<String> arguments = List.of("--format", "{{.State.Running}}", name);
            return Boolean.parseBoolean(Podman.call("inspect", arguments).strip());
        }

        /** Its exit status, when it has ended. */
        int status() throws Exception {
            return Integer.parseInt(Podman.call("wait", List.of(name)).strip());
        }

        @Override
        public long pid() throws Exception {
            List<String> arguments = List.of("--format", "{{.State.Pid}}", name);
            return Long.parseLong(Podman.call("inspect", arguments).strip());
        }

        @Override
        public void kill() throws Exception {
            Podman.call("kill", List.of("--signal", "KILL", name));
            Podman.call("wait", List.of(name));
        }

        @Override
        public int terminate() throws Exception {
            Podman.call("kill", List.of("--signal", "TERM", name));
            return status();
        }

        @Override
        public void close() throws Exception {
            remove(name);
        }
    }
}
