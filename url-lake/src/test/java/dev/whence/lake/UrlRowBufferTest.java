package dev.whence.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.store.ObjectStores;
import dev.whence.url.CanonicalUrl;
import dev.whence.url.ParsedUrl;
import dev.whence.url.ParsedUrls;
import dev.whence.url.Scheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UrlRowBufferTest {
    private static final UrlFileOptions OPTIONS = new UrlFileOptions(1, 1_000, 4 << 20, true);

    @TempDir Path directory;

    @Test
    void writesEachGroupSorted() throws IOException {
        RandomGenerator random = RandomRows.random(RandomRows.seed());
        ChunkPool pool = new ChunkPool(64 << 10, 1_000);
        UrlRowBuffer buffer = new UrlRowBuffer(pool);
        Map<Integer, List<UrlRow>> expected = new TreeMap<>();
        int[] groups = {0, 1, 77, UrlRowBuffer.GROUPS - 1};
        for (UrlRow row : RandomRows.unsorted(random, 20_000)) {
            int group = groups[random.nextInt(groups.length)];
            assertThat(append(buffer, group, row)).isTrue();
            expected.computeIfAbsent(group, unseen -> new ArrayList<>()).add(row);
        }
        assertThat(buffer.rows()).isEqualTo(20_000);
        assertThat(buffer.groups()).containsExactly(groups);
        for (int group : groups) {
            expected.get(group).sort(UrlRow.ORDER);
            assertThat(write(buffer, group, false)).isEqualTo(expected.get(group));
        }
        assertThat(buffer.rows()).as("the rows stay").isEqualTo(20_000);
        buffer.clear();
        assertThat(buffer.groups()).isEmpty();
        assertThat(pool.usedBytes()).isZero();
    }

    @Test
    void keepsTheFirstOfRowsWithTheSameUrl() throws IOException {
        RandomGenerator random = RandomRows.random(RandomRows.seed());
        UrlRowBuffer buffer = new UrlRowBuffer(new ChunkPool(64 << 10, 1_000));
        List<UrlRow> some = RandomRows.unsorted(random, 2_000);
        Map<String, UrlRow> first = new LinkedHashMap<>();
        for (int i = 0; i < 10_000; i++) {
            UrlRow row = at(some.get(random.nextInt(some.size())), i);
            append(buffer, 3, row);
            first.putIfAbsent(row.url(), row);
        }
        assertThat(write(buffer, 3, true))
                .isEqualTo(first.values().stream().sorted(UrlRow.ORDER).toList());
        assertThat(write(buffer, 3, false)).hasSize(10_000).isSortedAccordingTo(UrlRow.ORDER);
    }

    @Test
    void sortsByPartsAndNotByTheJoinedString() throws IOException {
        UrlRowBuffer buffer = new UrlRowBuffer(new ChunkPool(64 << 10, 10));
        List<UrlRow> rows =
                List.of(
                        row(Scheme.HTTPS, "a.example", "a.example", "/"),
                        row(Scheme.FTP, "a.example", "a.example", "/"),
                        row(Scheme.HTTP, "a.example", "a.example", "/"),
                        row(Scheme.HTTP, "a.example:8080", "a.example", "/"),
                        row(Scheme.HTTP, "a.example", "a.example", "/a"),
                        row(Scheme.HTTP, "www.a.example", "a.example", "/"),
                        row(Scheme.HTTP, "a.example-b.example", "a.example-b.example", "/"),
                        row(Scheme.HTTP, "a.exampl", "a.exampl", "/"));
        for (UrlRow row : rows) {
            append(buffer, 0, row);
        }
        assertThat(write(buffer, 0, false)).isEqualTo(rows.stream().sorted(UrlRow.ORDER).toList());
    }

    @Test
    void rollsBackToAnyMark() throws IOException {
        RandomGenerator random = RandomRows.random(RandomRows.seed());
        ChunkPool pool = new ChunkPool(64 << 10, 1_000);
        UrlRowBuffer buffer = new UrlRowBuffer(pool);
        List<UrlRow> expected = new ArrayList<>();
        for (int round = 0; round < 50; round++) {
            long mark = buffer.mark();
            List<UrlRow> rows = RandomRows.unsorted(random, random.nextInt(1, 400));
            rows.forEach(row -> append(buffer, 0, row));
            if (random.nextBoolean()) {
                buffer.rollback(mark);
            } else {
                expected.addAll(rows);
            }
            assertThat(buffer.rows()).isEqualTo(expected.size());
        }
        append(buffer, 9, RandomRows.unsorted(random, 1).getFirst());
        buffer.rollback(expected.size());
        assertThat(buffer.groups()).containsExactly(0);
        expected.sort(UrlRow.ORDER);
        assertThat(write(buffer, 0, false)).isEqualTo(expected);
        buffer.rollback(0);
        assertThat(pool.usedBytes()).isZero();
    }

    @Test
    void refusesARowWhenThePoolIsEmptyAndTakesItLater() {
        ChunkPool pool = new ChunkPool(1 << 10, 3);
        UrlRowBuffer first = new UrlRowBuffer(pool);
        UrlRowBuffer second = new UrlRowBuffer(pool);
        UrlRow row = row(Scheme.HTTP, "a.example", "a.example", "/" + "x".repeat(800));
        assertThat(append(first, 0, row)).isTrue();
        assertThat(append(second, 0, row)).isTrue();
        assertThat(append(first, 0, row)).isTrue();
        assertThat(append(first, 0, row)).isFalse();
        assertThat(append(second, 0, row)).isFalse();
        assertThat(first.rows()).isEqualTo(2);
        assertThat(first.heldBytes()).isBetween(2L << 10, (2L << 10) + 100);
        assertThat(pool.usedBytes()).isEqualTo(pool.totalBytes());
        first.clear();
        assertThat(append(second, 0, row)).isTrue();
    }

    @Test
    void refusesARowThatNoChunkCanHold() {
        UrlRowBuffer buffer = new UrlRowBuffer(new ChunkPool(1 << 10, 3));
        UrlRow row = row(Scheme.HTTP, "a.example", "a.example", "/" + "x".repeat(1_000));
        assertThatThrownBy(() -> append(buffer, 0, row))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1024");
        assertThat(buffer.rows()).isZero();
    }

    @Test
    void poolIsBoundedForManyThreads() throws InterruptedException {
        ChunkPool pool = new ChunkPool(1 << 10, 8);
        AtomicLong refused = new AtomicLong();
        UrlRow row = row(Scheme.HTTP, "a.example", "a.example", "/" + "x".repeat(500));
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                UrlRowBuffer buffer = new UrlRowBuffer(pool);
                                for (int i = 0; i < 20_000; i++) {
                                    if (!append(buffer, 0, row)) {
                                        refused.incrementAndGet();
                                        buffer.clear();
                                    }
                                    if (pool.usedBytes() > pool.totalBytes()) {
                                        throw new AssertionError("beyond the bound");
                                    }
                                }
                                buffer.clear();
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(refused.get()).isPositive();
        assertThat(pool.usedBytes()).isZero();
    }

    private List<UrlRow> write(UrlRowBuffer buffer, int group, boolean distinct)
            throws IOException {
        String name = "file-" + System.nanoTime() + ".parquet";
        buffer.write(group, distinct, directory.resolve(name), OPTIONS);
        List<UrlRow> rows = new ArrayList<>();
        try (RowCursor cursor = UrlFile.open(ObjectStores.directory(directory), name).allRows()) {
            for (UrlRow row = cursor.next(); row != null; row = cursor.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static boolean append(UrlRowBuffer buffer, int group, UrlRow row) {
        ParsedUrl url = ParsedUrls.of(row.scheme(), row.host(), row.domain(), row.pathQuery());
        return buffer.append(group, url, row.tsMicros(), row.extras());
    }

    private static UrlRow row(Scheme scheme, String host, String domain, String path) {
        return UrlRow.of(new CanonicalUrl(scheme, host, path, domain), UrlRow.NO_TS, Map.of());
    }

    private static UrlRow at(UrlRow row, long ts) {
        return new UrlRow(
                row.domainId(),
                row.urlId(),
                row.scheme(),
                row.host(),
                row.domain(),
                row.pathQuery(),
                ts,
                row.extras());
    }
}
