package dev.whence.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A small file system in memory, which can be full or read-only; only root may have one. */
final class SmallDisk implements AutoCloseable {
    private static final String FILLER = "filler";
    private static final int PAUSE_MILLIS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Path directory;
    private volatile boolean filling;
    private Thread filler;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** Puts one at a directory, or skips the test where that is not allowed. */
    static SmallDisk at(Path directory, int mebibytes) throws Exception {
        Files.createDirectories(directory);
        String refused =
                run(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=%dm".formatted(mebibytes),
                        "none",
                        directory);
        assumeTrue(refused == null, () -> "no disk can be mounted here: " + refused);
        return new SmallDisk(directory);
    }

    /**
     * Takes all room that is left, and all that becomes free, until it is told to free it. What
     * takes it has no name, so that no service can clear it away with what it does not know.
     */
    void fill() throws IOException {
        Path file = directory.resolve(FILLER);
        OutputStream taken = Files.newOutputStream(file);
        Files.delete(file);
        filling = true;
        filler = Thread.ofPlatform().daemon().name("filler").start(() -> keepFull(taken));
    }

    private void keepFull(OutputStream taken) {
        byte[] page = new byte[4 << 10];
        try (taken) {
            while (filling) {
                try {
                    taken.write(page);
                } catch (IOException _) {
                    // It is full; whoever deletes something of his own would have room again.
                    pause();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the room free again. */
    void free() throws InterruptedException {
        filling = false;
        filler.join();
    }

    void makeReadOnly() throws Exception {
        remount("ro");
    }

    void makeWritable() throws Exception {
        remount("rw");
    }

    /** A disk that is being written is busy, for a moment. */
    private void remount(String how) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        String refused = run("mount", "-o", "remount," + how, directory);
        while (refused != null) {
            if (Instant.now().isAfter(deadline)) {
                throw new IOException(refused);
            }
            pause();
            refused = run("mount", "-o", "remount," + how, directory);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted beside a small disk", e);
        }
    }

    /** What a command said that failed; null if it went well. */
    private static String run(Object... command) throws Exception {
        String[] words = new String[command.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = command[i].toString();
        }
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? null : said;
    }

    @Override
    public void close() throws Exception {
        String refused = run("umount", "-l", directory);
        if (refused != null) {
            throw new IOException(refused);
        }
    }
}
