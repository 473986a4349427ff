package dev.whence.indexer;

import dev.whence.lake.RowSelection;
import dev.whence.lake.UrlFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.Callable;

/**
 * Finds which rows of a landing file its dataset already holds, by whole canonical URLs. Only the
 * rows of domains that the dataset holds are read, on both sides, and only from pages that can hold
 * them. A bounded number of files is open at a time, and fewer where their pages are large: the
 * decoded rows of all of them share one bound of bytes, so that memory grows neither with the
 * dataset nor with the length of its URLs. Where there are more files, the landing file's rows are
 * passed again.
 */
final class Comparison {
    private final OpenFiles files;
    private final int filesAtATime;
    private final long bytesAtATime;

    /**
     * @param bytesAtATime what one comparison may hold of decoded rows and dictionaries; more only
     *     if two single pages take more
     */
    Comparison(OpenFiles files, int filesAtATime, long bytesAtATime) {
        this.files = files;
        this.filesAtATime = filesAtATime;
        this.bytesAtATime = bytesAtATime;
    }

    /** A file to compare with, and the domains of which it may hold rows. */
    record Side(String key, long bytes, NavigableSet<String> domains) {}

    /**
     * What was found.
     *
     * @param known bit i: row i of those of the compared domains, in file order, is known
     * @param rowsRead rows read from the files compared with
     * @param passes how often the landing file's rows were passed
     */
    record Result(BitSet known, long rowsRead, int passes) {}

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
        int passes = 0;
        RowSelection rows = landing.select(domains);
        for (int from = 0; from < sides.size(); from += filesAtATime) {
            var some = select(sides.subList(from, Math.min(sides.size(), from + filesAtATime)));
            for (int at = 0; at < some.size(); passes++) {
                var pass = new ComparisonPass(rows, bytesAtATime);
                while (at < some.size() && pass.add(some.get(at))) {
                    at++;
                }
                rowsRead += pass.run(known);
            }
        }
        return new Result(known, rowsRead, passes);
    }

    /** What is to be read of some files; those without a page that can hold a row are left out. */
    private List<RowSelection> select(List<Side> sides) throws IOException {
        var opens = new ArrayList<Callable<RowSelection>>();
        for (Side side : sides) {
            opens.add(() -> files.open(side.key(), side.bytes()).select(side.domains()));
        }
        return SideBySide.run(SideBySide.READS, opens).stream()
                .filter(rows -> !rows.isEmpty())
                .toList();
    }
}
