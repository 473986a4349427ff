package dev.whence.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system in memory, which can be full or read-only; only root may have one. */
final class SmallDisk implements AutoCloseable {
    private static final String FILLER = "filler";

    private final Path directory;

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

    /** Takes all room that is left. */
    void fill() throws IOException {
        try (OutputStream filler = Files.newOutputStream(directory.resolve(FILLER))) {
            byte[] page = new byte[4 << 10];
            while (true) {
                filler.write(page);
            }
        } catch (IOException _) {
            // It is full.
        }
    }

    /** Gives the room free again. */
    void free() throws IOException {
        Files.delete(directory.resolve(FILLER));
    }

    void makeReadOnly() throws Exception {
        remount("ro");
    }

    void makeWritable() throws Exception {
        remount("rw");
    }

    private void remount(String how) throws Exception {
        String refused = run("mount", "-o", "remount," + how, directory);
        if (refused != null) {
            throw new IOException(refused);
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
