package dev.whence.index;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The tails of several segments as one sequence, without those of files that a newer one removes.
 */
final class MergedTails {

    private final PriorityQueue<Head> heads = new PriorityQueue<>(Head.ORDER);
    private long fileId = -1;
    private byte[] tail = {};

    private record Head(Tails.Cursor cursor, List<Segment> newer) {
        static final Comparator<Head> ORDER =
                Comparator.comparingLong(head -> head.cursor.fileId());

        boolean isLive() {
            return !Segment.isRemoved(cursor.fileId(), newer);
        }
    }

    MergedTails(List<Segment> segments) {
        for (int i = 0; i < segments.size(); i++) {
            List<Segment> newer = segments.subList(i + 1, segments.size());
            segments.get(i).tails().ifPresent(tails -> push(new Head(tails.cursor(), newer)));
        }
    }

    /** Moves to the next tail of a file that is still added; false at the end. */
    boolean next() {
        while (!heads.isEmpty()) {
            Head head = heads.remove();
            long id = head.cursor().fileId();
            boolean found = id != fileId && head.isLive();
            if (found) {
                fileId = id;
                tail = head.cursor().tail();
            }
            push(head);
            if (found) {
                return true;
            }
        }
        return false;
    }

    long fileId() {
        return fileId;
    }

    byte[] tail() {
        return tail;
    }

    private void push(Head head) {
        if (head.cursor().next()) {
            heads.add(head);
        }
    }
}
