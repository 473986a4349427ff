package dev.whence.index;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;
import org.roaringbitmap.buffer.MutableRoaringBitmap;

/**
 * Reads a Roaring bitmap in the portable format (RoaringFormatSpec) where it is mapped. The library
 * believes what it reads; so every key, offset, cardinality, value and run is looked at before, and
 * what is not as the specification says is {@link CorruptIndexFileException}, unchecked.
 */
final class PortableBitmap {

    /** Containers of a slice: one for each 65,536 ordinals. */
    static final int MAX_CONTAINERS = Slice.ORDINALS >>> Character.SIZE;

    private static final int COOKIE_WITH_RUNS = 12347;
    private static final int COOKIE_WITHOUT_RUNS = 12346;
    private static final int OFFSETS_FROM = 4;
    private static final int MAX_ARRAY = 4096;
    private static final int BITMAP_BYTES = 1 << 13;
    private static final ImmutableRoaringBitmap EMPTY = new MutableRoaringBitmap();

    private final MappedFile file;
    private final ByteBuffer in;
    private int at;

    private PortableBitmap(MappedFile file, ByteBuffer in) {
        this.file = file;
        this.in = in;
    }

    /**
     * @param bytes all of the bitmap and nothing else, little-endian; none for an empty one
     */
    static ImmutableRoaringBitmap read(MappedFile file, ByteBuffer bytes, int slice) {
        if (!bytes.hasRemaining()) {
            return EMPTY;
        }
        new PortableBitmap(file, bytes).check(slice);
        return new ImmutableRoaringBitmap(bytes);
    }

    private void check(int slice) {
        int cookie = i32();
        boolean withRuns = (cookie & 0xFFFF) == COOKIE_WITH_RUNS;
        expect(withRuns || cookie == COOKIE_WITHOUT_RUNS, "begins with %d".formatted(cookie));
        int containers = withRuns ? (cookie >>> Character.SIZE) + 1 : i32();
        expect(
                containers > 0 && containers <= MAX_CONTAINERS,
                "has %d containers".formatted(containers));
        int runFlags = at;
        at += withRuns ? (containers + 7) / Byte.SIZE : 0;
        int keys = at;
        at += containers * 2 * Character.BYTES;
        int offsets = at;
        boolean withOffsets = !withRuns || containers >= OFFSETS_FROM;
        at += withOffsets ? containers * Integer.BYTES : 0;
        need(0);
        int last = Slice.first(slice) / (Character.MAX_VALUE + 1) - 1;
        int end = last + MAX_CONTAINERS;
        for (int i = 0; i < containers; i++) {
            int key = u16At(keys + i * 2 * Character.BYTES);
            expect(key > last && key <= end, "has key %d after %d".formatted(key, last));
            last = key;
            if (withOffsets) {
                int offset = in.getInt(offsets + i * Integer.BYTES);
                expect(offset == at, "has offset %d, not %d".formatted(offset, at));
            }
            int cardinality = 1 + u16At(keys + i * 2 * Character.BYTES + Character.BYTES);
            boolean run = withRuns && (in.get(runFlags + i / Byte.SIZE) >>> i % Byte.SIZE & 1) != 0;
            int found = run ? runs() : cardinality <= MAX_ARRAY ? array(cardinality) : bits();
            expect(
                    found == cardinality,
                    "container %d has %d ordinals, not %d".formatted(i, found, cardinality));
        }
        expect(at == in.limit(), "ends at %d of %d bytes".formatted(at, in.limit()));
    }

    private int runs() {
        int runs = u16();
        need(runs * 2 * Character.BYTES);
        int cardinality = 0;
        int above = -2;
        for (int i = 0; i < runs; i++) {
            int first = u16();
            int last = first + u16();
            expect(
                    first > above + 1 && last <= Character.MAX_VALUE,
                    "has a run of %d to %d after %d".formatted(first, last, above));
            cardinality += last - first + 1;
            above = last;
        }
        return cardinality;
    }

    private int array(int cardinality) {
        need(cardinality * Character.BYTES);
        int above = -1;
        for (int i = 0; i < cardinality; i++) {
            int value = u16();
            expect(value > above, "has %d after %d".formatted(value, above));
            above = value;
        }
        return cardinality;
    }

    private int bits() {
        need(BITMAP_BYTES);
        int cardinality = 0;
        for (int end = at + BITMAP_BYTES; at < end; at += Long.BYTES) {
            cardinality += Long.bitCount(in.getLong(at));
        }
        return cardinality;
    }

    private int i32() {
        need(Integer.BYTES);
        at += Integer.BYTES;
        return in.getInt(at - Integer.BYTES);
    }

    private int u16() {
        need(Character.BYTES);
        at += Character.BYTES;
        return u16At(at - Character.BYTES);
    }

    private int u16At(int place) {
        return Short.toUnsignedInt(in.getShort(place));
    }

    private void need(int bytes) {
        if (bytes > in.limit() - at) {
            throw corrupt("ends within its %s".formatted(bytes == 0 ? "header" : "containers"));
        }
    }

    private void expect(boolean condition, String found) {
        if (!condition) {
            throw corrupt(found);
        }
    }

    private UncheckedIOException corrupt(String problem) {
        return file.corrupt("a bitmap of %d bytes %s".formatted(in.limit(), problem));
    }
}
