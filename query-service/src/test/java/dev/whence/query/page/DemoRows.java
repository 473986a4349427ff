package dev.whence.query.page;

import dev.whence.lake.UrlRow;
import dev.whence.query.Rows;
import dev.whence.url.InvalidUrlException;
import dev.whence.url.PublicSuffixes;
import dev.whence.url.UrlCanonicalizer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/** URLs of the demo datasets, if they are there; else random ones under the same names. */
final class DemoRows {
    private static final List<String> NAMES =
            List.of(
                    "news-bias-center",
                    "news-bias-left",
                    "news-bias-right",
                    "reddit-news",
                    "reddit-programming",
                    "reddit-science",
                    "reddit-technology",
                    "smallweb-feeds",
                    "threat-reports",
                    "uk-gov-redirects");

    private static final int MOST_ROWS = 3_000;
    private static final long FIRST_MICROS = 1_700_000_000_000_000L;
    private static final long STEP_MICROS = 3_600_000_000L;

    private DemoRows() {}

    /** By the datasets' names. */
    static Map<String, List<UrlRow>> load() throws IOException {
        Path demo = Path.of(System.getProperty("whence.root"), "..", "shared", "data", "demo");
        Map<String, List<UrlRow>> datasets = new LinkedHashMap<>();
        var random = new Random(5);
        for (String name : NAMES) {
            Path file = demo.resolve(name + ".txt.gz");
            datasets.put(
                    name,
                    Files.exists(file)
                            ? read(file, MOST_ROWS - 270 * datasets.size())
                            : Rows.random(random, 200, MOST_ROWS));
        }
        return datasets;
    }

    private static List<UrlRow> read(Path file, int most) throws IOException {
        var canonicalizer = new UrlCanonicalizer(PublicSuffixes.bundled());
        Map<String, UrlRow> rows = new LinkedHashMap<>();
        try (var in = new GZIPInputStream(Files.newInputStream(file));
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine();
                    line != null && rows.size() < most;
                    line = lines.readLine()) {
                long micros = FIRST_MICROS + rows.size() * STEP_MICROS;
                try {
                    UrlRow row = UrlRow.of(canonicalizer.canonicalize(line), micros, Map.of());
                    rows.put(row.url(), row);
                } catch (InvalidUrlException e) {
                    // As in the lake: what is no URL is left out.
                    continue;
                }
            }
        }
        return List.copyOf(rows.values());
    }
}
