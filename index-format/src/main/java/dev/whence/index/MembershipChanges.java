package dev.whence.index;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.roaringbitmap.buffer.MutableRoaringBitmap;

/** Gathers which domains each dataset gains and loses, in any order. Not thread-safe. */
final class MembershipChanges {

    private final Map<Integer, Change> changes = new TreeMap<>(Integer::compareUnsigned);

    void gain(int ordinal, int datasetId) {
        of(datasetId).gained.add(ordinal);
    }

    void lose(int ordinal, int datasetId) {
        of(datasetId).lost.add(ordinal);
    }

    /**
     * @throws IllegalStateException if a dataset both gains and loses a domain
     */
    void write(DatasetBitmapsWriter writer) throws IOException {
        for (var each : changes.entrySet()) {
            each.getValue().write(each.getKey(), writer);
        }
    }

    private Change of(int datasetId) {
        return changes.computeIfAbsent(datasetId, _ -> new Change());
    }

    private static final class Change {
        private final MutableRoaringBitmap gained = new MutableRoaringBitmap();
        private final MutableRoaringBitmap lost = new MutableRoaringBitmap();

        void write(int datasetId, DatasetBitmapsWriter writer) throws IOException {
            if (MutableRoaringBitmap.intersects(gained, lost)) {
                throw new IllegalStateException(
                        "Dataset %d both gains and loses ordinal %d"
                                .formatted(
                                        Integer.toUnsignedLong(datasetId),
                                        MutableRoaringBitmap.and(gained, lost).first()));
            }
            for (long at = next(0); at >= 0; ) {
                int slice = Slice.of((int) at);
                long first = Slice.first(slice);
                long end = Slice.end(slice);
                writer.add(
                        new SliceChange(
                                datasetId,
                                slice,
                                gained.selectRange(first, end),
                                lost.selectRange(first, end)));
                at = end > Integer.MAX_VALUE ? -1 : next((int) end);
            }
        }

        /** The least ordinal of either that is not below, or -1. */
        private long next(int ordinal) {
            long gain = gained.nextValue(ordinal);
            long loss = lost.nextValue(ordinal);
            return gain < 0 || loss < 0 ? Math.max(gain, loss) : Math.min(gain, loss);
        }
    }
}
