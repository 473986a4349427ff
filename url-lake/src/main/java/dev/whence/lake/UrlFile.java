package dev.whence.lake;

import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.util.List;
import java.util.NavigableSet;
import java.util.function.Consumer;

/**
 * A URL file in the store, opened by its footer. Holds no connection, only the footer and the
 * indexes it has read; thread-safe. Every page read is checked by its CRC; what is wrong comes as
 * {@link CorruptUrlFileException}.
 */
public final class UrlFile {

    private UrlFile() {}

    /** Reads the footer and checks the schema. */
    public static UrlFile open(ObjectStore store, String key) throws IOException {
        throw new UnsupportedOperationException();
    }

    public String key() {
        throw new UnsupportedOperationException();
    }

    public long rows() {
        throw new UnsupportedOperationException();
    }

    /** The row groups in order, from the statistics of the footer. */
    public List<RowGroupSummary> rowGroups() {
        throw new UnsupportedOperationException();
    }

    /** All domain runs in order; reads only the domain column. */
    public void domainRuns(Consumer<DomainRun> visitor) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Where a domain's run lies in a row group, or {@link RowRange#EMPTY}; reads only the domain's
     * own pages.
     */
    public RowRange locate(int rowGroup, String domain) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * The rows {@code [range.first + skip, …)} of the range, at most {@code limit}; reads only the
     * pages that hold them.
     */
    public List<UrlRow> read(int rowGroup, RowRange range, long skip, int limit)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * All rows of the given domains in order, over all row groups; reads only pages that can hold
     * one of them.
     */
    public RowCursor rowsOf(NavigableSet<String> domains) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** All rows of the file in order. */
    public RowCursor allRows() throws IOException {
        throw new UnsupportedOperationException();
    }
}
