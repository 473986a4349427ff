package dev.whence.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentTest {
    private static final UrlProfile PROFILE = IndexFixture.PROFILE;

    @TempDir Path root;

    private Path dictionary;

    @BeforeEach
    void writeDictionary() throws IOException {
        dictionary = root.resolve("dictionary");
        GenerationWriter.write(
                dictionary,
                PROFILE,
                0,
                IntStream.range(0, 1000).mapToObj("domain-%04d.com"::formatted).toList());
    }

    @Test
    @Tag("slow")
    void holdsADomainInMoreDatasetsThanABlockTakes() throws IOException {
        SegmentWriter writer = new SegmentWriter(PROFILE);
        int step = 1 << 15;
        for (int i = 0; i < 70_000; i++) {
            writer.change(500, i * step, 1L + i);
            writer.gain(500, i * step);
        }
        writer.change(499, 3, 4);
        writer.gain(499, 3);
        writer.change(501, 5, 6);
        writer.gain(501, 5);
        Path older = write("older", writer);
        SegmentWriter less = new SegmentWriter(PROFILE);
        for (int i = 0; i < 70_000; i += 2) {
            less.change(500, i * step, -1L - i);
            less.lose(500, i * step);
        }
        Path newer = write("newer", less);
        Path merged = root.resolve("merged");
        SegmentWriter.fold(merged, List.of(older, newer), true);
        for (List<Path> segments : List.of(List.of(older, newer), List.of(merged))) {
            try (IndexSnapshot snapshot = open(segments)) {
                assertThat(snapshot.check()).isEmpty();
                List<DatasetCount> counts = snapshot.datasetsOf(500);
                assertThat(counts).hasSize(35_000);
                for (int i = 0; i < counts.size(); i++) {
                    assertThat(counts.get(i))
                            .isEqualTo(new DatasetCount((2 * i + 1) * step, 2L + 2 * i));
                }
                assertThat(snapshot.datasetsOf(499)).containsExactly(new DatasetCount(3, 4));
                assertThat(snapshot.datasetsOf(501)).containsExactly(new DatasetCount(5, 6));
                assertThat(snapshot.datasetsOf(502)).isEmpty();
            }
        }
    }

    @Test
    void countsBeyondFourThousandMillionInDatasetsBeyondTwo() throws IOException {
        SegmentWriter writer = new SegmentWriter(PROFILE);
        writer.change(0, -1, 1L << 62);
        writer.change(0, Integer.MIN_VALUE, (1L << 33) + 1);
        writer.change(0, 1, 5);
        writer.change(0, 1, -5);
        try (IndexSnapshot snapshot = open(List.of(write("segment", writer)))) {
            assertThat(snapshot.datasetsOf(0))
                    .containsExactly(
                            new DatasetCount(Integer.MIN_VALUE, (1L << 33) + 1),
                            new DatasetCount(-1, 1L << 62));
            assertThat(snapshot.count(0, -1)).isEqualTo(1L << 62);
            assertThat(snapshot.count(0, 1)).isZero();
            assertThatThrownBy(() -> snapshot.datasetsOf(1000))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void sumsChangesInAnyOrderAsTheyOverflowTheBuffer() throws IOException {
        Random random = Seed.random("SegmentTest");
        SegmentWriter writer = new SegmentWriter(PROFILE);
        NaiveIndex model = new NaiveIndex();
        for (int i = 0; i < 200_000; i++) {
            int ordinal = random.nextInt(100);
            int dataset = random.nextInt(40) - 20;
            int delta = random.nextInt(5);
            writer.change(ordinal, dataset, delta);
            model.change(ordinal, dataset, delta);
        }
        try (IndexSnapshot snapshot = open(List.of(write("segment", writer)))) {
            for (int ordinal = 0; ordinal < 100; ordinal++) {
                assertThat(snapshot.datasetsOf(ordinal)).isEqualTo(model.datasetsOf(ordinal));
            }
        }
    }

    @Test
    void aRemovalTouchesOlderSegmentsOnlyAndVanishesAtTheBottom() throws IOException {
        SegmentWriter first = new SegmentWriter(PROFILE);
        first.addFile(IndexFixture.file(1, 9));
        first.addFile(IndexFixture.file(2, 9));
        SegmentWriter second = new SegmentWriter(PROFILE);
        second.removeFile(1, 9);
        second.removeFile(50, 9);
        SegmentWriter third = new SegmentWriter(PROFILE);
        third.removeFile(1, 9);
        third.addFile(IndexFixture.file(1, 9));
        List<Path> stack =
                List.of(write("first", first), write("second", second), write("third", third));
        Path above = root.resolve("above");
        SegmentWriter.fold(above, stack.subList(1, 3), false);
        Path all = root.resolve("all");
        SegmentWriter.fold(all, List.of(stack.get(0), above), true);
        for (List<Path> segments : List.of(stack, List.of(stack.get(0), above), List.of(all))) {
            try (IndexSnapshot snapshot = open(segments)) {
                assertThat(snapshot.check()).isEmpty();
                assertThat(snapshot.files(9))
                        .containsExactly(IndexFixture.file(1, 9), IndexFixture.file(2, 9));
            }
        }
        assertThat(removals(above)).isEqualTo(2);
        assertThat(removals(all)).isZero();
    }

    @Test
    void findsPostingsAmongManyFilesOfOneDataset() throws IOException {
        SegmentWriter writer = new SegmentWriter(PROFILE);
        NaiveIndex model = new NaiveIndex();
        List<LakeFile> files = new ArrayList<>();
        for (int id = 0; id < 1000; id++) {
            String domain = "domain-%04d.com".formatted(id);
            files.add(
                    new LakeFile(
                            id,
                            id % 5 == 0 ? id : id % 2,
                            "k" + id,
                            1,
                            List.of(new RowGroupBounds(1, domain, domain + ".z"))));
        }
        files.add(new LakeFile(5000, 1, "wide", 1, List.of(new RowGroupBounds(9, "a", "zzz.com"))));
        files.forEach(writer::addFile);
        files.forEach(file -> model.live.put(file.fileId(), file));
        try (IndexSnapshot snapshot = open(List.of(write("segment", writer)))) {
            assertThat(snapshot.check()).isEmpty();
            for (int i = 0; i < 1000; i += 3) {
                for (String end : List.of("", ".a", "0", "\u00e9")) {
                    String domain = "domain-%04d.com".formatted(i) + end;
                    for (int dataset : new int[] {0, 1, 2, i}) {
                        List<Posting> expected =
                                end.equals("\u00e9") ? List.of() : model.postings(dataset, domain);
                        assertThat(snapshot.postings(dataset, domain)).isEqualTo(expected);
                    }
                }
            }
        }
    }

    @Test
    void checkFindsACountBelowZeroAndAnUnknownOrdinalAndAFileLiveTwice() throws IOException {
        SegmentWriter writer = new SegmentWriter(PROFILE);
        writer.change(3, 4, -1);
        writer.change(1000, 4, 1);
        writer.addFile(IndexFixture.file(1, 9));
        SegmentWriter again = new SegmentWriter(PROFILE);
        again.addFile(IndexFixture.file(1, 9));
        try (IndexSnapshot snapshot = open(List.of(write("a", writer), write("b", again)))) {
            assertThat(snapshot.check())
                    .hasSize(4)
                    .anyMatch(problem -> problem.contains("ordinal 1000 of 1000"))
                    .anyMatch(problem ->
                            problem.contains("1000 of dataset 4 has URLs and is not in the bitmap"))
                    .anyMatch(problem -> problem.contains("ordinal 3 holds -1 URLs of dataset 4"))
                    .anyMatch(problem -> problem.contains("file 1 is live twice"));
            assertThat(snapshot.datasetsOf(3)).isEmpty();
        }
    }

    @Test
    void refusesFilesThatCannotBeFoundAgain() {
        assertRefused("no row group", List.of());
        assertRefused("no rows", List.of(new RowGroupBounds(0, "a", "b")));
        assertRefused("not sorted", List.of(new RowGroupBounds(1, "b", "a")));
        assertRefused(
                "not sorted",
                List.of(new RowGroupBounds(1, "a", "c"), new RowGroupBounds(1, "b", "d")));
        assertRefused("1 to 255 bytes", List.of(new RowGroupBounds(1, "", "d")));
        SegmentWriter writer = new SegmentWriter(PROFILE);
        writer.addFile(IndexFixture.file(1, 2));
        assertThatThrownBy(() -> writer.addFile(IndexFixture.file(1, 3)))
                .hasMessageContaining("added twice");
        assertThatThrownBy(() -> writer.addFile(IndexFixture.file(-1, 3)))
                .hasMessageContaining("id is negative");
    }

    private static void assertRefused(String message, List<RowGroupBounds> rowGroups) {
        assertThatThrownBy(() ->
                        new SegmentWriter(PROFILE).addFile(new LakeFile(1, 2, "key", 3, rowGroups)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static long removals(Path segment) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return Segment.open(segment, arena).removed().files();
        }
    }

    private Path write(String name, SegmentWriter writer) throws IOException {
        Path segment = root.resolve(name);
        writer.write(segment);
        return segment;
    }

    private IndexSnapshot open(List<Path> segments) throws IOException {
        return IndexSnapshot.open(List.of(dictionary), segments);
    }
}
