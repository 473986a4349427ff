package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SmallHeapTest {
    @TempDir Path directory;

    /** The files that it is compared with have 240 MB of URLs, in a few hundred kilobytes. */
    @Test
    void anInsertIntoFilesOfLongUrlsFitsASmallHeap() throws IOException, InterruptedException {
        assertThat(lastLineOf(96, LongUrls.class))
                .isEqualTo(Integer.toString(LongUrls.FILES * LongUrls.ROWS + 1));
    }

    /** A plan of all that waits takes 48 MB. */
    @Test
    void whatWaitsIsTakenInPartsThatASmallHeapBears() throws IOException, InterruptedException {
        assertThat(lastLineOf(48, ManyDomains.class))
                .isEqualTo(Integer.toString(ManyDomains.ENTRIES * ManyDomains.ROWS));
    }

    @Test
    void aPublishTakesARowForEachHalfKibibyteOfHeap() {
        assertThat(PublishLimits.defaultRows(96 << 20)).isEqualTo(196_608);
        assertThat(PublishLimits.defaultRows(1L << 40)).isEqualTo(4_000_000);
    }

    /** What a program says last that has so many MiB of heap. */
    private String lastLineOf(int heap, Class<?> program) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx" + heap + "m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                program.getName(),
                                directory.toString())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList().getLast();
    }
}
