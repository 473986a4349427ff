package dev.whence.index;

import java.io.IOException;

/**
 * What a reader wants to know of a Parquet file before it fetches a page of it, as bytes that the
 * index carries and does not look into. It is read when a segment is written, one after the other:
 * whoever adds a file decides whether its tail is held, spooled or fetched until then. Each reading
 * gives the same bytes.
 */
public interface FileTail {

    /** No tail is longer, nor empty. */
    int MOST_BYTES = BlockTreeWriter.MAX_BLOCK_BYTES;

    byte[] read() throws IOException;
}
