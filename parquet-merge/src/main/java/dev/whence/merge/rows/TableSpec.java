package dev.whence.merge.rows;

import java.util.List;
import java.util.Optional;
import org.apache.parquet.schema.MessageType;

/**
 * What a merge has to know of its target.
 *
 * @param schema of new files; columns that the paths hold are not in it
 * @param partitionColumns the columns that the paths hold, outermost first
 * @param sortedBy the order of rows within each row group; empty for none
 * @param key the key columns of one of its files, which others are compared with; empty if the
 *     target has no file
 */
public record TableSpec(
        MessageType schema,
        List<String> partitionColumns,
        List<SortColumns.Column> sortedBy,
        Optional<RowKey> key) {}
