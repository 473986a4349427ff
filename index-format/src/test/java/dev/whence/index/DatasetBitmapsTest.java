package dev.whence.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;
import org.roaringbitmap.buffer.MutableRoaringBitmap;

class DatasetBitmapsTest {

    @TempDir Path root;

    @Test
    void foldsTheSameInAnyGroupingOverAllSlices() throws IOException {
        Random random = Seed.random("DatasetBitmapsTest.folds");
        int[] datasets = random.ints(300).distinct().toArray();
        Map<Integer, TreeSet<Integer>> model = new HashMap<>();
        List<Path> stack = new ArrayList<>();
        for (int publish = 0; publish < 6; publish++) {
            SegmentWriter writer = new SegmentWriter(IndexFixture.PROFILE);
            for (int datasetId : datasets) {
                change(random, writer, datasetId, model);
            }
            stack.add(root.resolve("segment-" + publish));
            writer.write(stack.getLast());
        }
        Path middle = root.resolve("middle");
        SegmentWriter.fold(middle, stack.subList(1, 4), false);
        Path all = root.resolve("all");
        SegmentWriter.fold(all, List.of(stack.get(0), middle, stack.get(4), stack.get(5)), true);
        for (List<Path> paths : List.of(stack, List.of(all))) {
            try (Arena arena = Arena.ofConfined()) {
                List<Segment> segments = open(paths, arena);
                HeldBitmaps folded = new HeldBitmaps(segments, Integer.MAX_VALUE, 1 << 16);
                for (int datasetId : datasets) {
                    TreeSet<Integer> held = model.getOrDefault(datasetId, new TreeSet<>());
                    assertThat(ordinals(folded, datasetId)).containsExactlyElementsOf(held);
                    assertThat(folded.keptBytes()).isLessThanOrEqualTo(1 << 16);
                }
            }
        }
        try (Arena arena = Arena.ofConfined()) {
            DatasetBitmaps merged = open(List.of(all), arena).getFirst().datasets();
            assertThat(merged.lost()).isZero();
            assertThat(merged.gained())
                    .isEqualTo(model.values().stream().mapToLong(TreeSet::size).sum());
        }
    }

    private static void change(
            Random random,
            SegmentWriter writer,
            int datasetId,
            Map<Integer, TreeSet<Integer>> model) {
        TreeSet<Integer> held = model.computeIfAbsent(datasetId, _ -> new TreeSet<>());
        TreeSet<Integer> before = new TreeSet<>(held);
        held.removeIf(_ -> random.nextInt(3) == 0);
        before.stream()
                .filter(ordinal -> !held.contains(ordinal))
                .forEach(ordinal -> writer.lose(ordinal, datasetId));
        for (int i = random.nextInt(4); i > 0; i--) {
            int first = random.nextInt(Integer.MAX_VALUE) >>> random.nextInt(31);
            int length = random.nextInt(1 + random.nextInt(60));
            for (int at = 0;
                    at < length && first + at >= 0 && first + at < Integer.MAX_VALUE;
                    at++) {
                if (!before.contains(first + at)) {
                    held.add(first + at);
                }
            }
        }
        held.stream()
                .filter(ordinal -> !before.contains(ordinal))
                .forEach(ordinal -> writer.gain(ordinal, datasetId));
    }

    @Test
    void everyKindOfContainerIsReadAsItWasWritten() {
        for (MutableRoaringBitmap bitmap : containers()) {
            assertThat(read(bytes(bitmap))).isEqualTo(bitmap);
        }
    }

    @Test
    void aBitmapWithAnyByteChangedIsNamedOrWhole() {
        Random random = Seed.random("DatasetBitmapsTest.changed");
        for (MutableRoaringBitmap bitmap : containers()) {
            byte[] bytes = bytes(bitmap);
            for (int at = 0; at < bytes.length; at += at < 150 ? 1 : 499) {
                for (int value : new int[] {0, 0xFF, random.nextInt(256), bytes[at] ^ 1}) {
                    byte[] changed = bytes.clone();
                    changed[at] = (byte) value;
                    survives(changed);
                }
            }
            for (int length = 1; length < bytes.length; length += length < 150 ? 1 : 499) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> read(cut))
                        .hasCauseInstanceOf(CorruptIndexFileException.class);
            }
            byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
            assertThatThrownBy(() -> read(longer)).hasMessageContaining("a bitmap of");
        }
    }

    @Test
    void refusesADomainThatIsGainedAndLost() {
        SegmentWriter writer = new SegmentWriter(IndexFixture.PROFILE);
        writer.gain(7, -1);
        writer.lose(7, -1);
        assertThatThrownBy(() -> writer.write(root.resolve("both")))
                .hasMessage("Dataset 4294967295 both gains and loses ordinal 7");
        assertThatThrownBy(() -> writer.gain(-1, 1)).hasMessageContaining("below zero");
    }

    @Test
    void theCheckComparesBitmapsWithMembers() throws IOException {
        Path dictionary = root.resolve("dictionary");
        GenerationWriter.write(dictionary, IndexFixture.PROFILE, 0, List.of("a", "b", "c", "d"));
        SegmentWriter older = new SegmentWriter(IndexFixture.PROFILE);
        older.change(0, 5, 1);
        older.change(1, 5, 1);
        older.gain(1, 5);
        older.gain(2, 6);
        SegmentWriter newer = new SegmentWriter(IndexFixture.PROFILE);
        newer.gain(1, 5);
        newer.lose(3, 5);
        newer.gain(9, 7);
        List<Path> stack = List.of(root.resolve("older"), root.resolve("newer"));
        older.write(stack.get(0));
        newer.write(stack.get(1));
        try (IndexSnapshot snapshot = IndexSnapshot.open(List.of(dictionary), stack)) {
            assertThat(snapshot.check())
                    .anyMatch(text -> text.contains("ordinal 0 of dataset 5 has URLs and is not"))
                    .anyMatch(text -> text.contains("ordinal 2 of dataset 6 is in the bitmap and"))
                    .anyMatch(text -> text.contains("ordinal 1 of dataset 5 is gained twice"))
                    .anyMatch(text -> text.contains("ordinal 3 of dataset 5 is lost unheld"))
                    .anyMatch(text -> text.contains("ordinal 9 of 4"));
            assertThatThrownBy(() -> snapshot.sets().count(DatasetSelection.allOf(7)))
                    .hasCauseInstanceOf(CorruptIndexFileException.class);
        }
    }

    /** Sparse, dense and in runs; few containers, which have no offsets, and many. */
    private static List<MutableRoaringBitmap> containers() {
        Random random = new Random(7);
        List<MutableRoaringBitmap> bitmaps = new ArrayList<>();
        for (int containers : new int[] {1, 3, 5}) {
            for (int most : new int[] {5, 3000, 8000}) {
                MutableRoaringBitmap bitmap = new MutableRoaringBitmap();
                for (int i = 0; i < containers * most; i++) {
                    bitmap.add(random.nextInt(containers << 16));
                }
                bitmaps.add(bitmap.clone());
                bitmap.add(1000L, 9_000L);
                bitmap.runOptimize();
                bitmaps.add(bitmap);
            }
        }
        return bitmaps;
    }

    private static void survives(byte[] bytes) {
        ImmutableRoaringBitmap bitmap;
        try {
            bitmap = read(bytes);
        } catch (UncheckedIOException e) {
            assertThat(e).hasCauseInstanceOf(CorruptIndexFileException.class);
            return;
        }
        assertThat(bitmap.toArray().length).isEqualTo(bitmap.getCardinality());
        MutableRoaringBitmap copy = new MutableRoaringBitmap();
        copy.or(bitmap);
        assertThat(copy).isEqualTo(bitmap);
        assertThat(bitmap.last()).isLessThan(Slice.ORDINALS);
    }

    private static ImmutableRoaringBitmap read(byte[] bytes) {
        MappedFile file =
                new MappedFile(
                        "noise",
                        Envelope.of(IndexFormat.DATASETS, IndexFixture.PROFILE, new UUID(1, 2)),
                        MemorySegment.NULL,
                        Arena.global());
        ByteBuffer direct =
                ByteBuffer.allocateDirect(bytes.length).order(ByteOrder.LITTLE_ENDIAN).put(bytes);
        return PortableBitmap.read(file, direct.flip(), 0);
    }

    private static byte[] bytes(MutableRoaringBitmap bitmap) {
        ByteBuffer bytes = ByteBuffer.allocate(bitmap.serializedSizeInBytes());
        bitmap.serialize(bytes);
        return bytes.array();
    }

    private static List<Integer> ordinals(HeldBitmaps folded, int datasetId) {
        List<Integer> ordinals = new ArrayList<>();
        for (int slice = 0; slice < Slice.count(Integer.MAX_VALUE); slice++) {
            folded.held(datasetId, slice).forEach((int ordinal) -> ordinals.add(ordinal));
        }
        return ordinals;
    }

    private static List<Segment> open(List<Path> paths, Arena arena) throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (Path path : paths) {
            segments.add(Segment.open(path, arena));
        }
        return segments;
    }
}
