package dev.whence.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes whose heap is a small part of what they work on. */
@Tag("slow")
class SmallHeapTest {
    @TempDir Path directory;

    /** 320 MiB of rows, and a source of half as many. */
    @Test
    void mergesAndMaintainsATableMuchLargerThanTheHeap() throws Exception {
        try (ObjectStore store = ObjectStores.directory(directory.resolve("store"))) {
            for (int file = 0; file < LargeTable.FILES; file++) {
                put(store, "target/%02d.parquet".formatted(file), file);
            }
            for (int file = 0; file < LargeTable.SOURCE_FILES; file++) {
                int first = LargeTable.FILES - LargeTable.SOURCE_FILES / 2;
                put(store, "source/%02d.parquet".formatted(file), first + file);
            }
        }
        assertThat(run(96, LargeTable.class, directory.toString()))
                .containsExactly(
                        "upsert, incremental: 40000 before, 10000 inserted, 10000 updated, 0 deleted",
                        "upsert, full: 50000 before, 0 inserted, 20000 updated, 0 deleted",
                        "deduplicate: 50000 before, 0 inserted, 20000 updated, 0 deleted",
                        "append: 50000 before, 20000 inserted, 0 updated, 0 deleted",
                        "compact: 70000 before, 0 inserted, 0 updated, 0 deleted",
                        "deduplicated: 70000 before, 0 inserted, 0 updated, 20000 deleted",
                        "full_merge: 50000 before, 0 inserted, 20000 updated, 30000 deleted");
    }

    /** As many column chunks as take 120 MB of memory, each of a few bytes. */
    @Test
    void mergesATableWhoseFootersAreLargerThanTheHeap() throws Exception {
        try (ObjectStore store = ObjectStores.directory(directory.resolve("store"))) {
            for (int file = 0; file < ManyChunks.FILES; file++) {
                byte[] bytes = ManyChunks.file(file);
                store.put("target/%02d.parquet".formatted(file), ObjectBody.of(bytes));
            }
            store.put("source/0.parquet", ObjectBody.of(ManyChunks.file(0)));
        }
        assertThat(run(96, ManyChunks.class, directory.toString()))
                .containsExactly(
                        "%d rows, %d updated"
                                .formatted(
                                        ManyChunks.FILES * ManyChunks.ROW_GROUPS,
                                        ManyChunks.ROW_GROUPS));
    }

    /** Each row that is matched takes its place and the source row that replaces it. */
    @Test
    void changesEveryRowOfRowGroupsWithAMillionRows() throws Exception {
        ManyMatches.write(directory.resolve("store"));
        int rows = ManyMatches.FILES * ManyMatches.ROWS;
        assertThat(run(128, ManyMatches.class, directory.toString()))
                .containsExactly(
                        "INCREMENTAL: %d rows, %d updated".formatted(rows, rows),
                        "FULL: %d rows, %d updated".formatted(rows, rows));
    }

    @Test
    void badFilesTakeNoMemory() throws Exception {
        Path bad =
                Path.of(
                        System.getProperty("whence.root"),
                        "..",
                        "shared",
                        "conformance",
                        "parquet-testing",
                        "bad_data");
        assumeThat(bad).as("the shared Parquet test files").exists();
        List<String> lines = run(96, BadFiles.class, bad.toString(), directory.toString());
        assertThat(lines).hasSizeGreaterThanOrEqualTo(2).allMatch(line -> line.contains(": "));
        assertThat(lines.stream().filter(line -> line.endsWith(": merged")))
                .allMatch(line -> line.contains("ARROW-GH-43605.parquet"));
    }

    private static void put(ObjectStore store, String key, int file) throws IOException {
        store.put(key, ObjectBody.of(LargeTable.file(file)));
    }

    /** What a program says that has so many MiB of heap. */
    private static List<String> run(int heap, Class<?> program, String... arguments)
            throws Exception {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx" + heap + "m",
                                "-XX:MaxDirectMemorySize=64m",
                                "-XX:+UseSerialGC",
                                "-XX:+ExitOnOutOfMemoryError",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                program.getName()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList();
    }
}
