package dev.whence.indexer;

import java.util.List;
import java.util.PriorityQueue;

/**
 * The domains of several files as one sequence, each once, with the rows of all of them. Not
 * thread-safe.
 */
final class MergedCounts {
    private final PriorityQueue<Head> heads = new PriorityQueue<>();
    private String domain = "";
    private long rows;

    MergedCounts(List<DomainCounts> files) {
        files.forEach(file -> push(file.cursor()));
    }

    /** Moves to the next domain; false at the end. */
    boolean next() {
        Head least = heads.poll();
        if (least == null) {
            return false;
        }
        domain = least.domain();
        rows = 0;
        while (least != null && least.domain().equals(domain)) {
            rows += least.cursor().rows();
            push(least.cursor());
            least = heads.poll();
        }
        if (least != null) {
            heads.add(least);
        }
        return true;
    }

    String domain() {
        return domain;
    }

    long rows() {
        return rows;
    }

    private void push(DomainCounts.Cursor cursor) {
        if (cursor.next()) {
            heads.add(new Head(cursor.domain(), cursor));
        }
    }

    /** A file's place in the sequence. */
    private record Head(String domain, DomainCounts.Cursor cursor) implements Comparable<Head> {
        @Override
        public int compareTo(Head other) {
            return domain.compareTo(other.domain);
        }
    }
}
