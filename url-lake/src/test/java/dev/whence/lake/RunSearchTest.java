package dev.whence.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.store.CountingObjectStore;
import dev.whence.store.ObjectStores;
import dev.whence.url.CanonicalUrl;
import dev.whence.url.Scheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches in runs, judged by a look at every row. */
class RunSearchTest {
    private static final UrlFileOptions SMALL_PAGES = new UrlFileOptions(3, 100, 1 << 27, true);
    private static final List<String> DOMAINS = List.of("a.example", "b.example", "c.example");

    @TempDir Path directory;

    @Test
    void findsHostsPrefixesAndUrlsWhereALookAtEveryRowFindsThem() throws IOException {
        RandomGenerator random = RandomRows.random(RandomRows.seed());
        var store = new CountingObjectStore(ObjectStores.directory(directory));
        List<UrlRow> rows = rows(random, 12_000);
        write(rows);
        UrlFile whole = UrlFile.open(store, "a.parquet");
        long bytes = store.head("a.parquet").bytes();
        byte[] tail = whole.tail().orElseThrow();
        assertFinds(random, rows, whole);
        assertFinds(random, rows, UrlFile.open(store, "a.parquet", bytes, tail));
    }

    private static void assertFinds(RandomGenerator random, List<UrlRow> rows, UrlFile file)
            throws IOException {
        for (String domain : DOMAINS) {
            List<UrlRow> own = rows.stream().filter(row -> row.domain().equals(domain)).toList();
            RowRange run = file.locate(0, domain);
            assertThat(run.rows()).isEqualTo(own.size());
            RunSearch kept = file.search(0, run);
            for (int i = 0; i < 100; i++) {
                UrlRange range = range(random, own.get(random.nextInt(own.size())));
                RunSearch search = random.nextBoolean() ? kept : file.search(0, run);
                RowRange found = search.rows(range);
                List<UrlRow> expected = own.stream().filter(range::contains).toList();
                assertThat(found.rows()).as("%s", range).isEqualTo(expected.size());
                if (!expected.isEmpty()) {
                    assertThat(file.read(0, found, 0, Integer.MAX_VALUE)).isEqualTo(expected);
                }
                int any = random.nextInt(own.size());
                assertThat(search.hostAt(run.first() + any)).isEqualTo(own.get(any).host());
            }
            assertThat(kept.rows(UrlRange.ALL)).isEqualTo(run);
        }
    }

    @Tag("slow")
    @Test
    void readsAPageOrTwoOfALongRun() throws IOException {
        List<UrlRow> rows = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            rows.add(row("a.example", "www.a.example", "/%07d".formatted(i), Scheme.HTTPS));
        }
        rows.add(row("b.example", "b.example", "/", Scheme.HTTPS));
        write(rows);
        var store = new CountingObjectStore(ObjectStores.directory(directory));
        UrlFile file = UrlFile.open(store, "a.parquet");
        RowRange run = file.locate(0, "a.example");
        RunSearch search = file.search(0, run);
        long before = store.counts().gets();
        assertThat(search.rows(UrlRange.ofPrefix("www.a.example", "/0012345")))
                .isEqualTo(new RowRange(12_345, 1));
        assertThat(search.rows(UrlRange.ofHost("zzz.a.example"))).isEqualTo(RowRange.EMPTY);
        assertThat(store.counts().gets() - before).isLessThanOrEqualTo(3);
    }

    private static UrlRange range(RandomGenerator random, UrlRow row) {
        String path = row.pathQuery();
        return switch (random.nextInt(6)) {
            case 0 -> UrlRange.ofHost(row.host());
            case 1 -> UrlRange.ofHost(row.host() + random.nextInt(3));
            case 2 ->
                    UrlRange.ofPrefix(row.host(), path.substring(0, random.nextInt(path.length())));
            case 3 -> UrlRange.ofPrefix(row.host(), path + "~");
            case 4 -> UrlRange.beyondHost(row.host());
            default ->
                    UrlRange.of(
                            new CanonicalUrl(
                                    random.nextBoolean() ? Scheme.HTTP : Scheme.HTTPS,
                                    row.host(),
                                    path,
                                    row.domain()));
        };
    }

    private static List<UrlRow> rows(RandomGenerator random, int count) {
        List<UrlRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String domain = DOMAINS.get(random.nextInt(DOMAINS.size()));
            // One host has most rows, many have a few; long paths share more than bounds hold.
            int host = random.nextInt(3) == 0 ? random.nextInt(200) : 7;
            String folder = random.nextInt(8) == 0 ? "/" + "long".repeat(80) : "";
            rows.add(
                    row(
                            domain,
                            "h" + host + "." + domain,
                            folder + "/" + random.nextInt(400) + "/" + noise(random),
                            random.nextBoolean() ? Scheme.HTTP : Scheme.HTTPS));
        }
        rows.sort(UrlRow.ORDER);
        return rows;
    }

    /** A few equal ones, and many that make the file too large to be read whole with its end. */
    private static String noise(RandomGenerator random) {
        return random.nextBoolean() ? "" + random.nextInt(5) : Long.toHexString(random.nextLong());
    }

    private static UrlRow row(String domain, String host, String path, Scheme scheme) {
        return UrlRow.of(new CanonicalUrl(scheme, host, path, domain), UrlRow.NO_TS, Map.of());
    }

    private void write(List<UrlRow> rows) throws IOException {
        try (var writer = new UrlFileWriter(directory.resolve("a.parquet"), SMALL_PAGES)) {
            for (UrlRow row : rows) {
                writer.write(row);
            }
            writer.finish();
        }
    }
}
