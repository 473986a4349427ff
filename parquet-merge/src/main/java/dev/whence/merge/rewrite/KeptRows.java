package dev.whence.merge.rewrite;

import dev.whence.merge.file.ColumnRows;
import dev.whence.merge.rows.ConvertedColumn;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** The rows of one column of an old row group, first to last. Not thread-safe. */
sealed interface KeptRows {

    /** Writes the next row. */
    void copyRow(ColumnWriter to);

    /** Leaves the next row out. */
    void skipRow();

    /** A column that is in the file as it is in the table. */
    record Same(ColumnReader from, PrimitiveTypeName type, int most) implements KeptRows {

        static Same of(ColumnReader from) {
            return new Same(
                    from,
                    from.getDescriptor().getPrimitiveType().getPrimitiveTypeName(),
                    from.getDescriptor().getMaxDefinitionLevel());
        }

        @Override
        public void copyRow(ColumnWriter to) {
            do {
                int repetition = from.getCurrentRepetitionLevel();
                int definition = from.getCurrentDefinitionLevel();
                if (definition < most) {
                    to.writeNull(repetition, definition);
                } else {
                    copyValue(to, repetition, definition);
                }
                from.consume();
            } while (from.getCurrentRepetitionLevel() > 0);
        }

        private void copyValue(ColumnWriter to, int repetition, int definition) {
            switch (type) {
                case INT32 -> to.write(from.getInteger(), repetition, definition);
                case INT64 -> to.write(from.getLong(), repetition, definition);
                case FLOAT -> to.write(from.getFloat(), repetition, definition);
                case DOUBLE -> to.write(from.getDouble(), repetition, definition);
                case BOOLEAN -> to.write(from.getBoolean(), repetition, definition);
                case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 ->
                        to.write(from.getBinary(), repetition, definition);
            }
        }

        @Override
        public void skipRow() {
            ColumnRows.skipRow(from);
        }
    }

    /** A column that an older file has in another type, or not at all. */
    record Converted(ConvertedColumn column) implements KeptRows {
        @Override
        public void copyRow(ColumnWriter to) {
            column.copyRow(to);
        }

        @Override
        public void skipRow() {
            column.skipRow();
        }
    }
}
