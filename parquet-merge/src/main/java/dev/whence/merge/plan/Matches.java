package dev.whence.merge.plan;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.util.Objects.requireNonNull;

import dev.whence.merge.MergeRefusedException;
import dev.whence.merge.rows.ScratchFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which rows of the target have a key of the source, on scratch disk: for each row group with any,
 * pairs of the row's place (int) and the source row (int), ascending by place. Adding is
 * thread-safe; reading is, once {@link #seal} was called.
 */
public final class Matches implements AutoCloseable {
    private static final ValueLayout.OfInt INT = JAVA_INT;
    private static final int COPY_BYTES = 1 << 20;
    private static final int PAIR_BYTES = 2 * Integer.BYTES;

    private final ScratchFile file;
    private final Map<Place, Extent> extents = new HashMap<>();
    private MemorySegment pairs = MemorySegment.NULL;
    private final BitSet matched = new BitSet();
    private final BitSet again = new BitSet();

    private record Place(int file, int rowGroup) {}

    private record Extent(long firstPair, int count) {
        int pair(int i) {
            return (int) firstPair + i;
        }
    }

    /** Told of each match. */
    public interface Visitor {
        /**
         * A row has a key of the source.
         *
         * @param again whether an earlier row of the target has the same one
         */
        void match(int row, int sourceRow, boolean again);
    }

    public Matches(Path scratch) throws IOException {
        file = ScratchFile.create(scratch);
    }

    synchronized void add(int file, int rowGroup, MatchBuffer found) throws IOException {
        if (found.count() == 0) {
            return;
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(found.count(), PAIR_BYTES))
                        .order(ByteOrder.nativeOrder());
        for (int i = 0; i < found.count(); i++) {
            bytes.putInt(found.row(i)).putInt(found.sourceRow(i));
        }
        extents.put(
                new Place(file, rowGroup),
                new Extent(this.file.bytes() / PAIR_BYTES, found.count()));
        this.file.append(bytes.array(), 0, bytes.capacity());
    }

    /** Adds what was found before. */
    synchronized void addAll(Matches earlier) throws IOException {
        byte[] pairs = new byte[COPY_BYTES];
        long all = earlier.pairs.byteSize();
        for (long at = 0; at < all; at += pairs.length) {
            int count = (int) Math.min(pairs.length, all - at);
            MemorySegment.copy(earlier.pairs, JAVA_BYTE, at, pairs, 0, count);
            file.append(pairs, 0, count);
        }
        extents.putAll(earlier.extents);
    }

    /** Ends the adding; the matches can be read as long as the arena lives. */
    void seal(Arena arena) throws IOException {
        pairs = file.map(arena);
        if (pairs.byteSize() / PAIR_BYTES > Integer.MAX_VALUE) {
            throw new MergeRefusedException(
                    "more than %,d rows of the target have keys of the source; merge it in parts"
                            .formatted(Integer.MAX_VALUE));
        }
        List<Place> places = new ArrayList<>(extents.keySet());
        places.sort(Comparator.comparingInt(Place::file).thenComparingInt(Place::rowGroup));
        for (Place place : places) {
            Extent extent = requireNonNull(extents.get(place));
            for (int i = 0; i < extent.count(); i++) {
                int sourceRow = sourceRow(extent, i);
                if (matched.get(sourceRow)) {
                    again.set(extent.pair(i));
                } else {
                    matched.set(sourceRow);
                }
            }
        }
    }

    private int sourceRow(Extent extent, int i) {
        return pairs.get(INT, (long) extent.pair(i) * PAIR_BYTES + Integer.BYTES);
    }

    /** Rows of the target that have a key of the source. */
    public long rows() {
        return pairs.byteSize() / PAIR_BYTES;
    }

    /** How many rows of a row group have a key of the source. */
    public int count(int file, int rowGroup) {
        Extent extent = extents.get(new Place(file, rowGroup));
        return extent == null ? 0 : extent.count();
    }

    /** Visits the matches of a row group, ascending by row. */
    public void forEach(int file, int rowGroup, Visitor visitor) {
        Extent extent = extents.get(new Place(file, rowGroup));
        if (extent == null) {
            return;
        }
        for (int i = 0; i < extent.count(); i++) {
            int pair = extent.pair(i);
            visitor.match(
                    pairs.get(INT, (long) pair * PAIR_BYTES),
                    sourceRow(extent, i),
                    again.get(pair));
        }
    }

    /** Whether the target has the key of a source row. */
    public boolean isMatched(int sourceRow) {
        return matched.get(sourceRow);
    }

    /** How many keys of the source the target has. */
    public int matchedKeys() {
        return matched.cardinality();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
