package dev.whence.faults;

import dev.whence.system.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The verdicts of a run, as rows for {@code docs/reliability.md}. */
final class FaultTable {
    private static final Path FILE = CommandLine.ROOT.resolve("system-tests/target/faults.md");
    private static final String HEAD =
            """
            | fault | test | felt | recovery | heard meanwhile |
            |---|---|---|---|---|
            """;

    private FaultTable() {}

    /** Begins the table of this run. */
    static FaultTable begin() {
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, HEAD);
        } catch (IOException e) {
            throw new IllegalStateException(FILE + " cannot be written", e);
        }
        return new FaultTable();
    }

    /** Adds a row, at once: what comes later may fail. */
    synchronized void add(Verdict verdict) throws IOException {
        System.out.println(verdict.row());
        Files.writeString(FILE, verdict.row() + "\n", StandardOpenOption.APPEND);
    }
}
