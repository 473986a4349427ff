package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class InsertMemoryTest {
    @TempDir Path directory;

    /** The files that it is compared with have 360 MB of URLs, in a few hundred kilobytes. */
    @Test
    void anInsertIntoFilesOfLongUrlsFitsASmallHeap() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx96m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LongUrls.class.getName(),
                                directory.toString())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output.lines().toList().getLast())
                .isEqualTo(Integer.toString(LongUrls.FILES * LongUrls.ROWS + 1));
    }
}
