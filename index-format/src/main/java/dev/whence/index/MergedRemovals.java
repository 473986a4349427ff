package dev.whence.index;

import java.util.List;
import java.util.PriorityQueue;

/** The removals of several segments as one sequence without repetition. */
final class MergedRemovals implements RemovalCursor {

    private final PriorityQueue<RemovalCursor> heads =
            new PriorityQueue<>((a, b) -> Long.compareUnsigned(a.fileId(), b.fileId()));
    private long fileId = -1;
    private int datasetId;

    MergedRemovals(List<Segment> segments) {
        for (Segment segment : segments) {
            push(segment.removed().cursor());
        }
    }

    @Override
    public boolean next() {
        while (!heads.isEmpty()) {
            RemovalCursor head = heads.remove();
            long id = head.fileId();
            int dataset = head.datasetId();
            push(head);
            if (id != fileId) {
                fileId = id;
                datasetId = dataset;
                return true;
            }
        }
        return false;
    }

    @Override
    public long fileId() {
        return fileId;
    }

    @Override
    public int datasetId() {
        return datasetId;
    }

    private void push(RemovalCursor cursor) {
        if (cursor.next()) {
            heads.add(cursor);
        }
    }
}
