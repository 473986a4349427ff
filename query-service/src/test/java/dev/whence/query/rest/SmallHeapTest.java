package dev.whence.query.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.lake.UrlRow;
import dev.whence.query.PublishedViews;
import dev.whence.query.Rows;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SmallHeapTest {
    private static final int ROWS = 4_000;
    private static final String LONG_PATH = "/a-long-path".repeat(8 * 1024 / 12);

    @TempDir Path directory;

    /** Each page is a third of the heap, and there are as many askers as pages by default once. */
    @Test
    void manyWhoAskForPagesOfLongUrlsGetThemOrAreToldToWait() throws Exception {
        try (var published = new PublishedViews(directory)) {
            published.publisher().publish(0, rows());
        }
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx96m",
                                "-XX:+UseSerialGC",
                                "-XX:+ExitOnOutOfMemoryError",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SmallHeapPages.class.getName(),
                                directory.toString())
                        .redirectErrorStream(true)
                        .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isZero();
        assertThat(told).endsWith("all of %d were heard%n".formatted(SmallHeapPages.ASKERS));
    }

    private static List<UrlRow> rows() {
        return IntStream.range(0, ROWS)
                .mapToObj(row -> Rows.row("a.example", LONG_PATH + "/%05d".formatted(row)))
                .toList();
    }
}
