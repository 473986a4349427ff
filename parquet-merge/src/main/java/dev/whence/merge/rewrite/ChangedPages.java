package dev.whence.merge.rewrite;

import dev.whence.merge.file.RawPages;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.page.DictionaryPage;

/** Makes the pages that take the place of those with a row that changes. Not thread-safe. */
interface ChangedPages extends AutoCloseable {

    /**
     * Begins with an old page; empty if the chunk is to be written in another way.
     *
     * @param page its place among the chunk's, greater than the one before
     */
    Optional<ChangedPage> begin(int page) throws IOException;

    /**
     * Ends it.
     *
     * @return none if no row is left; empty if the chunk is to be written in another way
     */
    Optional<List<RawPages.Page>> end() throws IOException;

    /** How many of the ended pages are as they were. */
    int unchanged();

    /** The dictionary of all pages, once the last one has ended. */
    Optional<DictionaryPage> dictionary() throws IOException;

    @Override
    void close();
}
