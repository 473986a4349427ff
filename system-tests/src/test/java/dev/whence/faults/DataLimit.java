package dev.whence.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The limit that the kernel sets to the memory of a process that runs: heap, threads and all else
 * that is its own to write. The process that comes after it has none.
 */
final class DataLimit {
    /** What is left to it at first. */
    private static final long ROOM_BYTES = 4L << 20;

    /** How long that may be enough. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int POLL_MILLIS = 50;

    private DataLimit() {}

    static boolean isThere() {
        return Files.exists(Path.of("/proc/self/status"))
                && Files.isExecutable(Path.of("/usr/bin/prlimit"));
    }

    /** Lets services run until each has ended because it got no more memory. */
    static void endByIt(List<Service> services) throws Exception {
        Map<Service, Integer> before = new HashMap<>();
        for (Service service : services) {
            before.put(service, service.ends().size());
            service.mean(Ending.OUT_OF_MEMORY);
            limit(service.pid(), dataBytes(service.pid()) + ROOM_BYTES);
        }
        Instant begun = Instant.now();
        while (!before.isEmpty()) {
            before.entrySet().removeIf(one -> one.getKey().ends().size() > one.getValue());
            Duration lasts = Duration.between(begun, Instant.now());
            assertThat(lasts).as("%s to end", before.keySet()).isLessThan(PATIENCE);
            if (lasts.compareTo(GRACE) > 0) {
                for (Service service : before.keySet()) {
                    // Whatever it asks for next is too much.
                    limit(service.pid(), ROOM_BYTES);
                }
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static long dataBytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmData:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        throw new IOException("process %d tells no VmData".formatted(pid));
    }

    /** Of no consequence to one that has ended meanwhile. */
    private static void limit(long pid, long bytes) throws Exception {
        new ProcessBuilder("prlimit", "--pid=" + pid, "--data=%d:".formatted(bytes))
                .start()
                .waitFor();
    }
}
