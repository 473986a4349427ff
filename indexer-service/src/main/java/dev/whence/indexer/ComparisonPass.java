package dev.whence.indexer;

import dev.whence.lake.RowCursor;
import dev.whence.lake.RowSelection;
import dev.whence.lake.UrlRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * One pass of a landing file's rows beside those of as many files as fit a number of bytes. Not
 * thread-safe.
 */
final class ComparisonPass {
    private final RowSelection landing;
    private final List<RowSelection> held = new ArrayList<>();
    private long bytesLeft;

    ComparisonPass(RowSelection landing, long mostBytes) {
        this.landing = landing;
        this.bytesLeft = mostBytes - landing.pageBytes();
    }

    /** Adds a file's rows; false if there is no room for them. There is always room for one. */
    boolean add(RowSelection rows) {
        long bytes = rows.pageBytes();
        if (!held.isEmpty() && bytes > bytesLeft) {
            return false;
        }
        held.add(rows);
        bytesLeft -= bytes;
        return true;
    }

    /**
     * Marks the rows of the landing file that one of the files holds.
     *
     * @param known bit i for the i-th row of the landing file
     * @return how many rows of the files were read
     */
    long run(BitSet known) throws IOException {
        try (var rowsHeld = new HeldRows();
                RowCursor rows = open(landing)) {
            for (RowSelection selection : held) {
                rowsHeld.add(open(selection));
            }
            int at = 0;
            for (UrlRow row = rows.next(); row != null; row = rows.next()) {
                if (rowsHeld.holds(row)) {
                    known.set(at);
                }
                at++;
            }
            return rowsHeld.rowsRead();
        }
    }

    /** A page at a time, and more where bytes are left: larger reads are fewer. */
    private RowCursor open(RowSelection rows) {
        long share = rows.pageBytes() + Math.max(0, bytesLeft) / (held.size() + 1);
        return rows.open(Math.max(rows.pageBytes(), Math.min(share, RowSelection.BATCH_BYTES)));
    }
}
