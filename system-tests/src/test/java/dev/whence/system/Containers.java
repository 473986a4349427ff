package dev.whence.system;

import dev.whence.deploy.HouseVersion;
import java.io.IOException;
import java.net.URI;
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
    public Running start(String service, Map<String, String> environment, Path directory)
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

    private record RunningContainer(String name, Server server) implements Running {
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
            return Integer.parseInt(Podman.call("wait", List.of(name)).strip());
        }

        @Override
        public void close() throws Exception {
            remove(name);
        }
    }
}
