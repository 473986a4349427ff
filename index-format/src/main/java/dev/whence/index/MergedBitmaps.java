package dev.whence.index;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The changes of several adjacent segments as one sequence, those of one slice folded. */
final class MergedBitmaps {

    /** Oldest first. */
    private final List<DatasetBitmaps.Cursor> heads = new ArrayList<>();

    MergedBitmaps(List<Segment> segments) {
        for (Segment segment : segments) {
            DatasetBitmaps.Cursor cursor = segment.datasets().cursor();
            if (cursor.next()) {
                heads.add(cursor);
            }
        }
    }

    /** The next slice's change, perhaps an empty one; null at the end. */
    @Nullable SliceChange next() {
        if (heads.isEmpty()) {
            return null;
        }
        long least = heads.getFirst().key();
        for (DatasetBitmaps.Cursor head : heads) {
            least = Long.compareUnsigned(head.key(), least) < 0 ? head.key() : least;
        }
        SliceChange folded = null;
        for (DatasetBitmaps.Cursor head : List.copyOf(heads)) {
            if (head.key() == least) {
                folded = folded == null ? head.read() : folded.then(head.read());
                if (!head.next()) {
                    heads.remove(head);
                }
            }
        }
        return folded;
    }
}
