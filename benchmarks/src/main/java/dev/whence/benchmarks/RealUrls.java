package dev.whence.benchmarks;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The real lists beside the project, {@code ../shared/data}; a benchmark that needs them ends with
 * a message where they are absent.
 */
final class RealUrls {
    private static final int LONG_WINDOW_LOG = 27;

    private RealUrls() {}

    private static Path data() {
        Path data = Path.of(System.getProperty("whence.root", "."), "..", "shared", "data");
        if (!Files.isDirectory(data)) {
            throw new IllegalStateException(
                    "this benchmark reads the real lists of ../shared/data, which are absent");
        }
        return data;
    }

    /** The demo lists: dataset and URL, in order. */
    static void demo(BiConsumer<String, String> visitor) throws IOException {
        try (Stream<Path> entries = Files.list(data().resolve("demo"))) {
            for (Path file : entries.sorted().toList()) {
                String name = file.getFileName().toString();
                if (!name.endsWith(".txt.gz")) {
                    continue;
                }
                String dataset = name.substring(0, name.length() - ".txt.gz".length());
                try (var lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        new GZIPInputStream(Files.newInputStream(file)),
                                        StandardCharsets.UTF_8))) {
                    lines.lines().forEach(line -> visitor.accept(dataset, line));
                }
            }
        }
    }

    /** All demo URLs as bytes. */
    static List<byte[]> demoBytes() throws IOException {
        var urls = new ArrayList<byte[]>();
        demo((_, url) -> urls.add(url.getBytes(StandardCharsets.UTF_8)));
        return urls;
    }

    /** The scale data, sorted by dataset: dataset and URL, at most so many rows. */
    static void scale(long atMost, BiConsumer<String, String> visitor) throws IOException {
        Path file = data().resolve("scale.tsv.zst");
        try (var zstd =
                        new ZstdInputStream(Files.newInputStream(file))
                                .setLongMax(LONG_WINDOW_LOG);
                var lines =
                        new BufferedReader(
                                new InputStreamReader(zstd, StandardCharsets.UTF_8), 1 << 16)) {
            long rows = 0;
            for (String line = lines.readLine();
                    line != null && rows < atMost;
                    line = lines.readLine()) {
                int tab = line.indexOf('\t');
                visitor.accept(line.substring(0, tab), line.substring(tab + 1));
                rows++;
            }
        }
    }
}
