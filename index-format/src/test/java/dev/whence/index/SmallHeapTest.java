package dev.whence.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process whose heap is a small part of what it works on. */
@Tag("slow")
class SmallHeapTest {
    private static final int HEAP_MEBIBYTES = 96;

    @TempDir Path directory;

    /**
     * 2.8 million domains would take 200 MB as strings, 6 million pairs 96 MB as they come; what is
     * built with one core takes 75 MB whatever the index.
     */
    @Test
    void buildsAndFoldsAnIndexMuchLargerThanTheHeap() throws Exception {
        assertThat(run(directory.toString()))
                .containsExactly(
                        "the same",
                        LargeIndex.GENERATIONS * LargeIndex.DOMAINS + " domains",
                        "the same",
                        LargeIndex.SEGMENTS + " datasets at 0");
    }

    private static List<String> run(String argument) throws Exception {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP_MEBIBYTES + "m",
                        "-XX:+UseSerialGC",
                        "-XX:ActiveProcessorCount=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeIndex.class.getName(),
                        argument);
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList();
    }
}
