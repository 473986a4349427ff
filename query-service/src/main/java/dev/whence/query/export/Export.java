package dev.whence.query.export;

import dev.whence.query.QueryException;
import dev.whence.query.listing.PlaceCursor;
import dev.whence.query.view.View;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One list of one version on its way out. Its first part is read when it is made, so that what can
 * be told before the first byte is told as an error. Holds one part in memory at a time. Not
 * thread-safe; the view stays whoever's it was.
 */
public final class Export {
    private static final Column CURSOR = Column.text("cursor");

    private final View view;
    private final Listing listing;
    private final long limit;
    private final boolean cursors;
    private ByteBuffer place;
    private int at;
    private Listing.Part part;
    private long rows;

    /**
     * Reads the first part.
     *
     * @param from where it begins
     * @param limit at most so many rows
     * @param cursors whether each row has a last column, where the list goes on behind it
     */
    public Export(View view, Listing listing, PlaceCursor from, long limit, boolean cursors)
            throws QueryException, IOException {
        listing.check(view);
        this.view = view;
        this.listing = listing;
        this.limit = limit;
        this.cursors = cursors;
        this.place = from.place();
        this.at = from.skip();
        this.part = listing.read(view, place);
        if (at > part.rows().size()) {
            throw new QueryException.InvalidCursor();
        }
    }

    /** Writes it to its end. */
    public void writeTo(OutputStream out, Format format, Frame frame)
            throws QueryException, IOException {
        try (RowWriter writer = format.writer(out, columns(), frame)) {
            writePart(writer);
            while (rows < limit && part.next().isPresent()) {
                place = part.next().get();
                at = 0;
                part = listing.read(view, place);
                writePart(writer);
            }
            writer.end(new RowWriter.End(rows, view.number(), next().orElse(null)));
        }
    }

    private void writePart(RowWriter writer) throws IOException {
        while (rows < limit && at < part.rows().size()) {
            @Nullable Object[] row = part.rows().get(at++);
            rows++;
            writer.write(cursors ? withCursor(row) : row);
        }
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>(listing.columns());
        if (cursors) {
            columns.add(CURSOR);
        }
        return columns;
    }

    private @Nullable Object[] withCursor(@Nullable Object[] row) {
        @Nullable Object[] longer = Arrays.copyOf(row, row.length + 1);
        longer[row.length] = cursor();
        return longer;
    }

    private Optional<String> next() {
        boolean ended = at == part.rows().size() && part.next().isEmpty();
        return ended ? Optional.empty() : Optional.of(cursor());
    }

    private String cursor() {
        return new PlaceCursor(view.number(), place, at).encode(view.seal(), listing.identity());
    }
}
