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

    /** One column of a key. */
    public static final class Part {
        private final KeyColumn column;
        private final int leaf;
        private final byte[] fixed;

        private Part(KeyColumn column, int leaf, byte[] fixed) {
            this.column = column;
            this.leaf = leaf;
            this.fixed = fixed;
        }

        /** How its values are encoded. */
        public KeyColumn column() {
            return column;
        }

        /** Whether the file's place fixes it. */
        public boolean isFixed() {
            return leaf < 0;
        }

        /** Appends its value, which is fixed. */
        public void encodeFixed(KeyBuffer into) {
            into.append(fixed);
        }

        /** Its place among {@link RowKey#leaves}, unless it is fixed. */
        public int leaf() {
            return leaf;
        }
    }

    private RowKey(List<Part> parts, List<ColumnDescriptor> leaves) {
        this.parts = List.copyOf(parts);
        this.leaves = List.copyOf(leaves);
    }

    /**
     * Finds the columns of a file.
     *
     * @param kinds what the columns' values are compared as; a column that is not in it is taken as
     *     the file has it
     * @param what the file, for an error
     * @throws MergeRefusedException if one is missing, cannot be a key, or is of another kind
     */
    public static RowKey of(
            MessageType schema,
            Partition partition,
            List<String> columns,
            KeyKinds kinds,
            String what) {
        var parts = new ArrayList<Part>();
        var leaves = new ArrayList<ColumnDescriptor>();
        for (String column : columns) {
            Optional<KeyColumn> kind = kinds.find(column);
            Optional<Partition.Value> fixed = partition.find(column);
            if (fixed.isPresent()) {
                KeyColumn text = kind.orElse(KeyColumn.ofText(column));
                parts.add(new Part(text, -1, encoded(text, fixed.get().value())));
            } else {
                KeyColumn found = KeyColumn.of(leaf(schema, column, what));
                kind.ifPresent(found::checkComparable);
                parts.add(new Part(found, leaves.size(), new byte[0]));
                leaves.add(leaf(schema, column, what));
            }
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

    /** Appends the key of every row, where the file's place fixes all of it. */
    public void encodeFixed(KeyBuffer into) {
        parts.forEach(part -> part.encodeFixed(into));
    }

    /** Appends one column's value alone. */
    void encode(Part part, ColumnRows rows, int[] readers, KeyBuffer into) {
        if (part.isFixed()) {
            part.encodeFixed(into);
        } else {
            part.column().encode(rows.reader(readers[part.leaf()]), into);
        }
    }

    private static byte[] encoded(KeyColumn column, @Nullable String text) {
        KeyBuffer buffer = new KeyBuffer();
        column.encodeText(text, buffer);
        return buffer.copy();
    }

    private static ColumnDescriptor leaf(MessageType schema, String column, String what) {
        return KeyKinds.leaf(schema, column)
                .orElseThrow(() ->
                        new MergeRefusedException(
                                "%s has no primitive column %s; it has %s"
                                        .formatted(
                                                what,
                                                column,
                                                schema.getColumns().stream()
                                                        .map(leaf ->
                                                                String.join(".", leaf.getPath()))
                                                        .limit(100)
                                                        .toList())));
    }
}
