package dev.whence.merge.rows;

import dev.whence.merge.MergeRefusedException;
import dev.whence.merge.Partition;
import dev.whence.merge.file.ColumnRows;
import dev.whence.merge.key.KeyBuffer;
import dev.whence.merge.key.KeyColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Some columns of one file, in their order, that together are the key of a row: each is read from
 * the file, or fixed by its place. Immutable.
 */
public final class RowKey {
    private final List<Part> parts;
    private final List<ColumnDescriptor> leaves;

    /**
     * One column.
     *
     * @param column how its values are encoded
     * @param reader its place among {@link #leaves}; -1 if the file's place fixes it
     * @param fixed the encoded value then
     */
    public record Part(KeyColumn column, int reader, byte[] fixed) {
        public boolean isFixed() {
            return reader < 0;
        }
    }

    private RowKey(List<Part> parts, List<ColumnDescriptor> leaves) {
        this.parts = List.copyOf(parts);
        this.leaves = List.copyOf(leaves);
    }

    /**
     * Finds the columns of a file.
     *
     * @param comparedWith the same columns of the file that this one's keys are compared with
     * @param what the file, for an error
     * @throws MergeRefusedException if one is missing, cannot be a key, or is of another kind
     */
    public static RowKey of(
            MessageType schema,
            Partition partition,
            List<String> columns,
            Optional<RowKey> comparedWith,
            String what) {
        var parts = new ArrayList<Part>();
        var leaves = new ArrayList<ColumnDescriptor>();
        for (int i = 0; i < columns.size(); i++) {
            int place = i;
            String column = columns.get(i);
            Optional<Partition.Value> fixed = partition.find(column);
            Optional<KeyColumn> other = comparedWith.map(key -> key.parts().get(place).column());
            if (fixed.isPresent()) {
                KeyColumn kind = other.orElse(KeyColumn.ofText(column));
                parts.add(new Part(kind, -1, encoded(kind, fixed.get().value())));
                continue;
            }
            ColumnDescriptor leaf = leaf(schema, column, what);
            KeyColumn found = KeyColumn.of(leaf);
            other.ifPresent(found::checkComparable);
            parts.add(new Part(found, leaves.size(), new byte[0]));
            leaves.add(leaf);
        }
        return new RowKey(parts, leaves);
    }

    public List<Part> parts() {
        return parts;
    }

    /** The columns that have to be read, in order. */
    public List<ColumnDescriptor> leaves() {
        return leaves;
    }

    /**
     * Appends the key of the row that the readers stand on; they stay there.
     *
     * @param readers the place of the reader of each of {@link #leaves}
     */
    public void encode(ColumnRows rows, int[] readers, KeyBuffer into) {
        for (Part part : parts) {
            encode(part, rows, readers, into);
        }
    }

    /** Appends one column's value alone. */
    void encode(Part part, ColumnRows rows, int[] readers, KeyBuffer into) {
        if (part.isFixed()) {
            into.append(part.fixed());
        } else {
            part.column().encode(rows.reader(readers[part.reader()]), into);
        }
    }

    private static byte[] encoded(KeyColumn column, @Nullable String text) {
        KeyBuffer buffer = new KeyBuffer();
        column.encodeText(text, buffer);
        return buffer.copy();
    }

    private static ColumnDescriptor leaf(MessageType schema, String column, String what) {
        for (ColumnDescriptor leaf : schema.getColumns()) {
            if (String.join(".", leaf.getPath()).equals(column)) {
                return leaf;
            }
        }
        throw new MergeRefusedException(
                "%s has no primitive column %s; it has %s"
                        .formatted(
                                what,
                                column,
                                schema.getColumns().stream()
                                        .map(leaf -> String.join(".", leaf.getPath()))
                                        .limit(100)
                                        .toList()));
    }
}
