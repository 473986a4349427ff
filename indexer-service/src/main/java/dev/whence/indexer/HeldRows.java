package dev.whence.indexer;

import dev.whence.lake.RowCursor;
import dev.whence.lake.UrlRow;
import java.io.Closeable;
import java.io.IOException;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The rows of several files as one sequence in sort order, asked in that order whether it holds a
 * row: a merge-join. Equal in the order means equal in the whole URL. Not thread-safe.
 */
final class HeldRows implements Closeable {
    private final PriorityQueue<Head> heads =
            new PriorityQueue<>(Comparator.comparing((Head head) -> head.row, UrlRow.ORDER));
    private long rowsRead;

    /** Adds a file's rows; takes the cursor over. */
    void add(RowCursor cursor) throws IOException {
        advance(cursor);
    }

    /** Whether one of the files holds the row; rows must be asked in ascending order. */
    boolean holds(UrlRow row) throws IOException {
        for (Head head = heads.peek(); head != null; head = heads.peek()) {
            int order = UrlRow.ORDER.compare(head.row, row);
            if (order >= 0) {
                return order == 0;
            }
            heads.remove();
            advance(head.cursor);
        }
        return false;
    }

    long rowsRead() {
        return rowsRead;
    }

    @Override
    public void close() throws IOException {
        for (Head head : heads) {
            head.cursor.close();
        }
    }

    private void advance(RowCursor cursor) throws IOException {
        UrlRow row;
        try {
            row = cursor.next();
        } catch (IOException | RuntimeException e) {
            cursor.close();
            throw e;
        }
        if (row == null) {
            cursor.close();
        } else {
            rowsRead++;
            heads.add(new Head(row, cursor));
        }
    }

    private record Head(UrlRow row, RowCursor cursor) {}
}
