package dev.whence.query.export;

import dev.whence.query.QueryException;
import dev.whence.query.view.View;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A list that can be exported: rows of one shape, in an order that never changes within a version,
 * read part by part. Immutable.
 */
public interface Listing {

    /**
     * Some rows.
     *
     * @param rows each with a value for every column; may be none before the end
     * @param next the place where the next part begins; empty at the end, and only there
     */
    record Part(List<@Nullable Object[]> rows, Optional<ByteBuffer> next) {}

    /** What tells it from any other list: its question with all filters. */
    String identity();

    /** The name of a file that holds it, without an ending. */
    String fileName();

    List<Column> columns();

    /** Refuses what is not there, a dataset for one, before anything is read. */
    void check(View view) throws QueryException;

    /**
     * The part that begins at a place; the same place always begins the same rows of a version, as
     * many as are read at once.
     *
     * @param place {@link dev.whence.query.listing.PlaceCursor#BEGINNING}, or a place that this
     *     list gave
     */
    Part read(View view, ByteBuffer place) throws QueryException, IOException;
}
