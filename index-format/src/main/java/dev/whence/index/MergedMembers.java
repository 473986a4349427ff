package dev.whence.index;

import java.util.ArrayList;
import java.util.List;

/** The pairs of several segments as one sequence, each pair once with the sum of its changes. */
final class MergedMembers {

    private final List<Members.Cursor> heads = new ArrayList<>();
    private final FoldProgress progress;
    private final long pairs;
    private long read;
    private long pair;
    private long sum;

    MergedMembers(List<Segment> segments) {
        this(segments, FoldProgress.NONE);
    }

    MergedMembers(List<Segment> segments, FoldProgress progress) {
        this.progress = progress;
        this.pairs = segments.stream().mapToLong(segment -> segment.members().pairs()).sum();
        for (Segment segment : segments) {
            Members.Cursor cursor = segment.members().cursor();
            if (cursor.next()) {
                heads.add(cursor);
            }
        }
    }

    /** Moves to the next pair, whose sum may be zero; false at the end. */
    boolean next() {
        if (heads.isEmpty()) {
            return false;
        }
        pair = Long.MAX_VALUE;
        for (Members.Cursor head : heads) {
            pair = Math.min(pair, head.pair());
        }
        sum = 0;
        for (int i = heads.size() - 1; i >= 0; i--) {
            Members.Cursor head = heads.get(i);
            if (head.pair() == pair) {
                sum += head.change();
                if (read++ % FoldProgress.STEP == 0) {
                    progress.at(read, pairs);
                }
                if (!head.next()) {
                    heads.remove(i);
                }
            }
        }
        return true;
    }

    long pair() {
        return pair;
    }

    long sum() {
        return sum;
    }
}
