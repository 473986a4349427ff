package dev.whence.merge.rows;

import dev.whence.merge.file.SortColumn;
import java.util.List;
import org.apache.parquet.schema.MessageType;

/**
 * What a merge has to know of its target.
 *
 * @param schema of new files; columns that the paths hold are not in it
 * @param partitionColumns the columns that the paths hold, outermost first
 * @param sortedBy the order of rows within each row group; empty for none
 * @param keyKinds what key columns are compared as
 */
public record TableSpec(
        MessageType schema,
        List<String> partitionColumns,
        List<SortColumn> sortedBy,
        KeyKinds keyKinds) {}
