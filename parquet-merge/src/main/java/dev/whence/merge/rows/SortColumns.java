package dev.whence.merge.rows;

import dev.whence.merge.Partition;
import dev.whence.merge.file.ColumnRows;
import dev.whence.merge.file.SortColumn;
import dev.whence.merge.key.KeyBuffer;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/**
 * An order of rows, as one file has its columns: encoded so that lesser rows have lesser bytes.
 * Immutable.
 */
public final class SortColumns {
    private final List<SortColumn> columns;
    private final RowKey key;

    private SortColumns(List<SortColumn> columns, RowKey key) {
        this.columns = columns;
        this.key = key;
    }

    /**
     * The order in one file.
     *
     * @param what the file, for an error
     */
    public static SortColumns of(
            List<SortColumn> columns, MessageType schema, Partition partition, String what) {
        List<String> paths = columns.stream().map(SortColumn::path).toList();
        return new SortColumns(columns, RowKey.of(schema, partition, paths, KeyKinds.ANY, what));
    }

    /** The columns that have to be read, in order. */
    public List<ColumnDescriptor> leaves() {
        return key.leaves();
    }

    /**
     * Appends the place of the row that the readers stand on; they stay there.
     *
     * @param readers the place of the reader of each of {@link #leaves}
     */
    public void encode(ColumnRows rows, int[] readers, KeyBuffer into) {
        for (int i = 0; i < columns.size(); i++) {
            int from = into.length();
            key.encode(key.parts().get(i), rows, readers, into);
            arrange(columns.get(i), into.bytes(), from, into.length());
        }
    }

    /** A component begins with 0 for null and more for a value: nulls come first as it is. */
    private static void arrange(SortColumn column, byte[] bytes, int from, int to) {
        if (bytes[from] == 0) {
            bytes[from] = (byte) (column.nullsFirst() ? 0 : 0xff);
        } else if (column.descending()) {
            for (int i = from; i < to; i++) {
                bytes[i] = (byte) ~bytes[i];
            }
        }
    }
}
