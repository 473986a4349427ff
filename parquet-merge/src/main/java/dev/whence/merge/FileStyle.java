package dev.whence.merge;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/** How new files are written. Thread-safe. */
public interface FileStyle {

    /** An order that rows of a row group have: places of leaf columns in the schema. */
    record Order(int leaf, boolean descending, boolean nullsFirst) {}

    /**
     * How a chunk of a column is written.
     *
     * @param replaced the chunk that it takes the place of, or one of the target's to follow; empty
     *     if the target has none
     * @param rows of its row group
     */
    ChunkStyle chunk(ColumnDescriptor leaf, Optional<ColumnChunkMetaData> replaced, long rows);

    /**
     * How single pages of a chunk are written that otherwise stays as it is: of the first version,
     * without a dictionary. Empty if a chunk with a page that changes is to be written anew.
     *
     * @param kept the chunk
     */
    default Optional<ChunkStyle> pages(ColumnDescriptor leaf, ColumnChunkMetaData kept) {
        return Optional.empty();
    }

    /**
     * The most bytes that the distinct values of a column may have in a new row group of inserted
     * rows; it ends before they have more.
     */
    default long largestDictionaryBytes(ColumnDescriptor leaf) {
        return Long.MAX_VALUE;
    }

    /** What the footer says in key-value pairs, given those of the file that is rewritten. */
    Map<String, String> keyValues(Map<String, String> replaced);

    /**
     * Finishes a file.
     *
     * @param tail the file from its page indexes or before to its end
     * @param tailOffset where the tail begins in the file
     * @param orders of the rows of each row group, empty for none
     * @return the tail that is written in its place
     */
    byte[] finish(byte[] tail, long tailOffset, List<List<Order>> orders) throws IOException;
}
