package dev.whence.indexer;

import dev.whence.lake.RowCursor;
import dev.whence.lake.UrlFile;
import dev.whence.lake.UrlRow;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableSet;

/**
 * Finds which rows of a landing file its dataset already holds, by whole canonical URLs. Only the
 * rows of domains that the dataset holds are read, on both sides, and only from pages that can hold
 * them; a bounded number of files is open at a time, so that memory does not grow with the dataset:
 * where there are more, the landing file's rows are passed again.
 */
final class Comparison {
    private final OpenFiles files;
    private final int filesAtATime;

    Comparison(OpenFiles files, int filesAtATime) {
        this.files = files;
        this.filesAtATime = filesAtATime;
    }

    /** A file to compare with, and the domains of which it may hold rows. */
    record Side(String key, long bytes, NavigableSet<String> domains) {}

    /**
     * What was found.
     *
     * @param known bit i: row i of those of the compared domains, in file order, is known
     * @param rowsRead rows read from the files compared with
     */
    record Result(BitSet known, long rowsRead) {}

    /**
     * Compares the rows of some domains.
     *
     * @param domains those of the landing file that the dataset holds
     * @param sides all files of the dataset that may hold one of them
     */
    Result compare(UrlFile landing, NavigableSet<String> domains, List<Side> sides)
            throws IOException {
        var known = new BitSet();
        long rowsRead = 0;
        for (int from = 0; from < sides.size(); from += filesAtATime) {
            List<Side> some = sides.subList(from, Math.min(sides.size(), from + filesAtATime));
            rowsRead += pass(landing, domains, some, known);
        }
        return new Result(known, rowsRead);
    }

    private long pass(UrlFile landing, NavigableSet<String> domains, List<Side> sides, BitSet known)
            throws IOException {
        try (var held = new HeldRows();
                RowCursor rows = landing.rowsOf(domains)) {
            for (Side side : sides) {
                held.add(files.open(side.key(), side.bytes()).rowsOf(side.domains()));
            }
            int at = 0;
            for (UrlRow row = rows.next(); row != null; row = rows.next()) {
                if (held.holds(row)) {
                    known.set(at);
                }
                at++;
            }
            return held.rowsRead();
        }
    }
}
