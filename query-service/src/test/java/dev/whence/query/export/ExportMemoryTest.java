package dev.whence.query.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.lake.UrlRow;
import dev.whence.query.PublishedViews;
import dev.whence.query.Rows;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export needs no heap for what it has sent: far more than the heap goes through it. */
@Tag("slow")
class ExportMemoryTest {
    private static final int ROWS = 400_000;
    private static final int PATH_CHARS = 300;
    private static final long HEAP_BYTES = 64L << 20;

    @TempDir Path directory;

    @Test
    void exportsMoreThanItsHeapHolds() throws Exception {
        try (var published = new PublishedViews(directory)) {
            published.publisher().publish(0, rows());
        }
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx" + HEAP_BYTES,
                                "-cp",
                                System.getProperty("java.class.path"),
                                SmallHeapExport.class.getName(),
                                directory.toString())
                        .redirectErrorStream(true)
                        .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isZero();
        for (String format : new String[] {"NDJSON", "CSV", "PARQUET"}) {
            String line =
                    told.lines()
                            .filter(each -> each.startsWith(format + " "))
                            .findFirst()
                            .orElseThrow();
            System.out.println(line + " bytes at a heap of " + HEAP_BYTES);
            assertThat(Long.parseLong(line.substring(format.length() + 1)))
                    .as(line)
                    .isGreaterThan(HEAP_BYTES);
        }
    }

    private static List<UrlRow> rows() {
        var random = new Random(1);
        List<UrlRow> rows = new ArrayList<>(ROWS);
        for (int i = 0; i < ROWS; i++) {
            var path = new StringBuilder("/%07d/".formatted(i));
            while (path.length() < PATH_CHARS) {
                path.append(Long.toString(random.nextLong() & Long.MAX_VALUE, 36));
            }
            rows.add(Rows.row("a.example", path.toString()));
        }
        return rows;
    }
}
