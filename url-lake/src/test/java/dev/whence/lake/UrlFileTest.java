package dev.whence.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.store.CountingObjectStore;
import dev.whence.store.ObjectStores;
import dev.whence.store.StoreCounts;
import dev.whence.url.CanonicalUrl;
import dev.whence.url.Scheme;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class UrlFileTest {
    private static final UrlFileOptions SMALL = new UrlFileOptions(3, 500, 1 << 20, true);

    @TempDir Path directory;
    private CountingObjectStore store;
    private StoreCounts before;

    @BeforeEach
    void openStore() {
        store = new CountingObjectStore(ObjectStores.directory(directory));
        before = store.counts();
    }

    @Test
    void givesBackAllRowsInOrder() throws IOException {
        List<UrlRow> rows = RandomRows.sorted(RandomRows.random(RandomRows.seed()), 30_000);
        UrlFileSummary summary = write("a.parquet", rows, SMALL);
        UrlFile file = UrlFile.open(store, "a.parquet");

        assertThat(file.rows()).isEqualTo(rows.size());
        assertThat(file.profile()).isEqualTo(UrlProfile.current());
        assertThat(file.rowGroups()).hasSizeGreaterThan(1).isEqualTo(summary.rowGroups());
        assertThat(all(file.allRows())).isEqualTo(rows);
    }

    @Test
    void summaryTellsLengthAndChecksumOfTheFile() throws IOException {
        List<UrlRow> rows = RandomRows.sorted(RandomRows.random(RandomRows.seed()), 3_000);
        UrlFileSummary summary = write("a.parquet", rows, SMALL);

        byte[] bytes = Files.readAllBytes(directory.resolve("a.parquet"));
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        assertThat(summary.bytes()).isEqualTo(bytes.length);
        assertThat(summary.crc32c()).isEqualTo((int) crc.getValue());
        assertThat(summary.rows()).isEqualTo(rows.size());
        assertThat(summary.firstDomain()).isEqualTo(rows.getFirst().domain());
        assertThat(summary.lastDomain()).isEqualTo(rows.getLast().domain());
    }

    @Test
    void runsLocatedRangesAndPagesAgreeWithTheRows() throws IOException {
        RandomGenerator random = RandomRows.random(RandomRows.seed());
        List<UrlRow> rows = RandomRows.sorted(random, 30_000);
        write("a.parquet", rows, SMALL);
        UrlFile file = UrlFile.open(store, "a.parquet");

        List<DomainRun> runs = new ArrayList<>();
        file.domainRuns(runs::add);
        assertThat(runs).isEqualTo(runsOf(rows, file.rowGroups()));

        long[] starts = starts(file.rowGroups());
        long[] position = new long[starts.length];
        for (DomainRun run : runs) {
            RowRange range = file.locate(run.rowGroup(), run.domain());
            assertThat(range).isEqualTo(new RowRange(position[run.rowGroup()], run.rows()));
            position[run.rowGroup()] += run.rows();

            long skip = random.nextLong(run.rows() + 2);
            int limit = random.nextInt(1, 200);
            int from = (int) (starts[run.rowGroup()] + range.first() + skip);
            int to = (int) (starts[run.rowGroup()] + range.first() + run.rows());
            List<UrlRow> expected =
                    from >= to ? List.of() : rows.subList(from, Math.min(to, from + limit));
            assertThat(file.read(run.rowGroup(), range, skip, limit)).isEqualTo(expected);
        }
    }

    @Test
    void domainsThatAreAbsentAreNowhere() throws IOException {
        List<UrlRow> rows = RandomRows.sorted(RandomRows.random(RandomRows.seed()), 5_000);
        write("a.parquet", rows, SMALL);
        UrlFile file = UrlFile.open(store, "a.parquet");
        for (String absent : List.of("a", "ddd.absent", "zz", "", "d")) {
            for (int rowGroup = 0; rowGroup < file.rowGroups().size(); rowGroup++) {
                assertThat(file.locate(rowGroup, absent)).isEqualTo(RowRange.EMPTY);
            }
        }
        assertThat(all(file.rowsOf(new TreeSet<>(List.of("a", "ddd.absent"))))).isEmpty();
    }

    @Test
    void givesTheRowsOfSomeDomainsInOrder() throws IOException {
        RandomGenerator random = RandomRows.random(RandomRows.seed());
        List<UrlRow> rows = RandomRows.sorted(random, 30_000);
        write("a.parquet", rows, SMALL);
        UrlFile file = UrlFile.open(store, "a.parquet");
        for (int i = 0; i < 20; i++) {
            NavigableSet<String> domains = new TreeSet<>();
            for (int n = random.nextInt(1, 6); n > 0; n--) {
                domains.add(rows.get(random.nextInt(rows.size())).domain());
            }
            domains.add("ddd.absent");
            assertThat(all(file.rowsOf(domains)))
                    .isEqualTo(
                            rows.stream().filter(row -> domains.contains(row.domain())).toList());
        }
    }

    @Test
    void fingerprintsAreThereWithoutTheirColumn() throws IOException {
        List<UrlRow> rows = RandomRows.sorted(RandomRows.random(RandomRows.seed()), 5_000);
        UrlFileSummary with = write("with.parquet", rows, SMALL);
        UrlFileSummary without =
                write("without.parquet", rows, new UrlFileOptions(3, 500, 1 << 20, false));

        assertThat(with.bytes() - without.bytes()).isGreaterThan(8 * rows.size());
        assertThat(all(UrlFile.open(store, "without.parquet").allRows())).isEqualTo(rows);
    }

    @Test
    void opensWithOneReadAndReadsOnlyThePagesOfARange() throws IOException {
        List<UrlRow> rows = new ArrayList<>();
        for (int domain = 0; domain < 100; domain++) {
            for (int i = 0; i < 2_000; i++) {
                String path = "/%08d/%s".formatted(i, Long.toHexString(i * 0x9E3779B97F4A7C15L));
                rows.add(row("d%03d.example".formatted(domain), path));
            }
        }
        UrlFileSummary summary =
                write("a.parquet", rows, new UrlFileOptions(3, 1_000, 128 << 20, true));
        before = store.counts();
        UrlFile file = UrlFile.open(store, "a.parquet", summary.bytes());
        assertThat(requests()).isEqualTo(1);

        before = store.counts();
        RowRange range = file.locate(0, "d050.example");
        assertThat(range).isEqualTo(new RowRange(100_000, 2_000));
        assertThat(requests()).as("the page indexes alone tell").isEqualTo(1);

        before = store.counts();
        assertThat(file.read(0, range, 1_000, 100)).isEqualTo(rows.subList(101_000, 101_100));
        assertThat(requests()).isEqualTo(1);
        assertThat(bytesRead()).isLessThan(summary.bytes() / 150);
    }

    @Test
    void aFileOpenedByItsTailAnswersAlikeAndReadsPagesOnly() throws IOException {
        RandomGenerator random = RandomRows.random(RandomRows.seed());
        List<UrlRow> rows = RandomRows.sorted(random, 30_000);
        UrlFileSummary summary = write("a.parquet", rows, SMALL);
        UrlFile whole = UrlFile.open(store, "a.parquet");
        byte[] tail = whole.tail().orElseThrow();
        assertThat(whole.isTail(tail)).isTrue();

        before = store.counts();
        UrlFile file = UrlFile.open(store, "a.parquet", summary.bytes(), tail);
        assertThat(requests()).isZero();
        assertThat(file.rowGroups()).isEqualTo(whole.rowGroups());
        assertThat(file.rows()).isEqualTo(rows.size());
        assertThat(file.profile()).isEqualTo(whole.profile());
        assertThat(all(file.allRows())).isEqualTo(rows);
        List<DomainRun> runs = new ArrayList<>();
        file.domainRuns(runs::add);
        assertThat(runs).isEqualTo(runsOf(rows, file.rowGroups()));
    }

    @Test
    void theStartOfARunIsWhatLocatingAndReadingGive() throws IOException {
        RandomGenerator random = RandomRows.random(RandomRows.seed());
        List<UrlRow> rows = RandomRows.sorted(random, 30_000);
        write("a.parquet", rows, SMALL);
        UrlFile file = UrlFile.open(store, "a.parquet");
        for (DomainRun run : runsOf(rows, file.rowGroups())) {
            RowRange range = file.locate(run.rowGroup(), run.domain());
            long skip = random.nextLong(run.rows() + 2);
            int limit = random.nextInt(0, 200);
            assertThat(file.start(run.rowGroup(), run.domain(), skip, limit))
                    .isEqualTo(
                            new DomainStart(range, file.read(run.rowGroup(), range, skip, limit)));
        }
        for (String absent : List.of("a", "ddd.absent", "zz", "", "d")) {
            assertThat(file.start(0, absent, 0, 10))
                    .isEqualTo(new DomainStart(RowRange.EMPTY, List.of()));
        }
    }

    @Test
    void theFirstRowsOfADomainCostOneReadOfTheStore() throws IOException {
        List<UrlRow> rows = new ArrayList<>();
        for (int domain = 0; domain < 3_000; domain++) {
            for (int i = 0; i < 40; i++) {
                rows.add(row("d%04d.example".formatted(domain), "/path/%03d".formatted(i)));
            }
        }
        UrlFileSummary summary = write("a.parquet", rows, UrlFileOptions.DEFAULT);
        byte[] tail = UrlFile.open(store, "a.parquet").tail().orElseThrow();
        assertThat(tail.length).as("of %d pages", 30).isLessThan(30 * 200);
        before = store.counts();
        for (int domain : new int[] {0, 99, 100, 1_234, 2_999}) {
            UrlFile file = UrlFile.open(store, "a.parquet", summary.bytes(), tail);
            assertThat(file.start(0, "d%04d.example".formatted(domain), 0, 100).rows())
                    .isEqualTo(rows.subList(domain * 40, domain * 40 + 40));
        }
        assertThat(requests()).isEqualTo(5);
    }

    @Test
    void aSmallFileHasNoTail() throws IOException {
        write("a.parquet", RandomRows.sorted(RandomRows.random(1), 500), SMALL);
        assertThat(UrlFile.open(store, "a.parquet").tail()).isEmpty();
    }

    @Test
    void readsTheRunsFromTheDomainColumnAlone() throws IOException {
        List<UrlRow> rows = RandomRows.sorted(RandomRows.random(RandomRows.seed()), 30_000);
        UrlFileSummary summary =
                write("a.parquet", rows, new UrlFileOptions(3, 500, 128 << 20, true));
        UrlFile file = UrlFile.open(store, "a.parquet");
        file.locate(0, rows.getFirst().domain());
        before = store.counts();
        file.domainRuns(run -> {});
        assertThat(requests()).isEqualTo(1);
        assertThat(bytesRead()).isLessThan(summary.bytes() / 20);
    }

    @Test
    void boundsOfRowGroupsAreWholeHoweverLongTheDomain() throws IOException {
        String longName = "x".repeat(1_000);
        List<UrlRow> rows = List.of(row(longName + "1", "/"), row(longName + "2", "/"));
        UrlFileSummary summary = write("a.parquet", rows, SMALL);
        UrlFile file = UrlFile.open(store, "a.parquet");

        assertThat(file.rowGroups())
                .containsExactly(new RowGroupSummary(2, longName + "1", longName + "2"))
                .isEqualTo(summary.rowGroups());
        assertThat(file.locate(0, longName + "2")).isEqualTo(new RowRange(1, 1));
        assertThat(all(file.rowsOf(new TreeSet<>(List.of(longName + "1")))))
                .isEqualTo(rows.subList(0, 1));
    }

    @Test
    void refusesRowsOutOfOrder() throws IOException {
        try (UrlFileWriter writer = new UrlFileWriter(directory.resolve("a.parquet"), SMALL)) {
            writer.write(row("b.example", "/b"));
            writer.write(row("b.example", "/b"));
            assertThatThrownBy(() -> writer.write(row("b.example", "/a")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("http://b.example/a");
        }
    }

    @Test
    void pagesOfLongTextsThatResembleEachOtherStaySmall() throws IOException {
        write("long.parquet", longRows(2_000), UrlFileOptions.DEFAULT);
        assertThat(Files.size(directory.resolve("long.parquet"))).isLessThan(200_000);
        UrlFile file = UrlFile.open(store, "long.parquet");

        RowSelection rows = file.select(new TreeSet<>(List.of("long.example")));
        assertThat(rows.pageBytes()).isBetween(1L << 20, 2L << 20);
        assertThat(all(file.allRows())).isEqualTo(longRows(2_000));
    }

    @Test
    void pagesOfLongExtrasStaySmallAndGiveTheSameRowsInBatchesOfAnySize() throws IOException {
        String value = "e".repeat(60_000);
        List<UrlRow> rows = new ArrayList<>();
        for (int i = 1_000; i < 1_300; i++) {
            CanonicalUrl url = new CanonicalUrl(Scheme.HTTP, "a.example", "/" + i, "a.example");
            rows.add(UrlRow.of(url, i, Map.of("text", value + i)));
        }
        write("extras.parquet", rows, UrlFileOptions.DEFAULT);
        UrlFile file = UrlFile.open(store, "extras.parquet");

        RowSelection selection = file.select(new TreeSet<>(List.of("a.example")));
        assertThat(selection.pageBytes()).isLessThan(4L << 20);
        for (long mostBytes : new long[] {0, 1 << 20, 64 << 20}) {
            assertThat(all(selection.open(mostBytes))).isEqualTo(rows);
        }
    }

    @Test
    void readsInBatchesOfAnySize() throws IOException {
        List<UrlRow> rows = RandomRows.sorted(RandomRows.random(RandomRows.seed()), 10_000);
        write("a.parquet", rows, SMALL);
        UrlFile file = UrlFile.open(store, "a.parquet");
        TreeSet<String> domains = new TreeSet<>(rows.stream().map(UrlRow::domain).toList());
        for (long mostBytes : new long[] {50_000, 500_000}) {
            assertThat(all(file.select(domains).open(mostBytes))).isEqualTo(rows);
        }
    }

    @Test
    void fetchesFurtherAheadThanItDecodes() throws IOException {
        List<UrlRow> rows = RandomRows.sorted(RandomRows.random(RandomRows.seed()), 60_000);
        write("a.parquet", rows, UrlFileOptions.DEFAULT);
        UrlFile file = UrlFile.open(store, "a.parquet");
        TreeSet<String> domains = new TreeSet<>(rows.stream().map(UrlRow::domain).toList());
        RowSelection selection = file.select(domains);

        before = store.counts();
        assertThat(all(selection.open(selection.pageBytes()))).isEqualTo(rows);
        assertThat(requests()).isLessThan(30);
    }

    @Test
    void refusesARowThatNoReaderWouldTake() throws IOException {
        try (UrlFileWriter writer = new UrlFileWriter(directory.resolve("a.parquet"), SMALL)) {
            UrlRow large = row("a.example", "/" + "x".repeat(1 << 20));
            assertThatThrownBy(() -> writer.write(large))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at most 1048576");
        }
    }

    /** Rows of 15,000 bytes that differ in the last few. */
    private static List<UrlRow> longRows(int rows) {
        String path = "/" + "long".repeat(3_750);
        return IntStream.range(100_000, 100_000 + rows)
                .mapToObj(i -> row("long.example", path + i))
                .toList();
    }

    @Test
    void leavesNoFileWithoutAnEnd() throws IOException {
        Path path = directory.resolve("a.parquet");
        try (UrlFileWriter writer = new UrlFileWriter(path, SMALL)) {
            writer.write(row("b.example", "/b"));
        }
        assertThat(path).doesNotExist();
        try (UrlFileWriter writer = new UrlFileWriter(path, SMALL)) {
            assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
        }
        assertThat(path).doesNotExist();
    }

    /** Requests since the counts before. */
    private long requests() {
        return store.counts().since(before).calls();
    }

    private long bytesRead() {
        return store.counts().since(before).bytesRead();
    }

    private UrlFileSummary write(String name, List<UrlRow> rows, UrlFileOptions options)
            throws IOException {
        try (UrlFileWriter writer = new UrlFileWriter(directory.resolve(name), options)) {
            for (UrlRow row : rows) {
                writer.write(row);
            }
            return writer.finish();
        }
    }

    private static UrlRow row(String domain, String path) {
        return UrlRow.of(
                new CanonicalUrl(Scheme.HTTP, domain, path, domain), UrlRow.NO_TS, Map.of());
    }

    private static List<UrlRow> all(RowCursor cursor) throws IOException {
        List<UrlRow> rows = new ArrayList<>();
        try (cursor) {
            for (UrlRow row = cursor.next(); row != null; row = cursor.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static long[] starts(List<RowGroupSummary> rowGroups) {
        long[] starts = new long[rowGroups.size()];
        for (int i = 1; i < starts.length; i++) {
            starts[i] = starts[i - 1] + rowGroups.get(i - 1).rows();
        }
        return starts;
    }

    private static List<DomainRun> runsOf(List<UrlRow> rows, List<RowGroupSummary> rowGroups) {
        List<DomainRun> runs = new ArrayList<>();
        int row = 0;
        for (int rowGroup = 0; rowGroup < rowGroups.size(); rowGroup++) {
            int end = row + (int) rowGroups.get(rowGroup).rows();
            while (row < end) {
                String domain = rows.get(row).domain();
                int first = row;
                while (row < end && rows.get(row).domain().equals(domain)) {
                    row++;
                }
                runs.add(new DomainRun(rowGroup, domain, row - first));
            }
        }
        return runs;
    }
}
