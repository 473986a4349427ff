package dev.whence.merge.rows;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * One leaf column of rows on scratch disk. A row's part is, for a column that repeats, the number
 * of its entries (int); then for each entry the repetition level (a byte, where the column
 * repeats), the definition level (a byte, where it is not always the same) and, where there is one,
 * the value: little-endian, binaries after their length (int). Immutable.
 */
final class LeafRows {
    private static final ValueLayout.OfInt INT = JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);

    private final PrimitiveTypeName type;
    private final boolean repeats;
    private final int mostDefinition;

    LeafRows(ColumnDescriptor leaf) {
        this.type = leaf.getPrimitiveType().getPrimitiveTypeName();
        this.repeats = leaf.getMaxRepetitionLevel() > 0;
        this.mostDefinition = leaf.getMaxDefinitionLevel();
    }

    /** Takes the reader's current row, as the mapping says, and leaves the reader at the next. */
    void read(ColumnReader from, LeafMapping mapping, RowBuffer into) {
        int countAt = into.length();
        if (repeats) {
            into.putInt(0);
        }
        int most = from.getDescriptor().getMaxDefinitionLevel();
        int count = 0;
        do {
            int level = from.getCurrentDefinitionLevel();
            putLevels(from.getCurrentRepetitionLevel(), mapping.definition(level), into);
            if (level == most) {
                putValue(from, mapping.conversion(), into);
            }
            from.consume();
            count++;
        } while (from.getCurrentRepetitionLevel() > 0);
        if (repeats) {
            into.setInt(countAt, count);
        }
    }

    /** A row of a column that its file does not have. */
    void putAbsent(RowBuffer into) {
        if (repeats) {
            into.putInt(1);
        }
        putLevels(0, 0, into);
    }

    /** Writes the row whose part begins at a place, and returns where the next column's begins. */
    long write(MemorySegment rows, long start, ColumnWriter to) {
        long at = start;
        int count = 1;
        if (repeats) {
            count = rows.get(INT, at);
            at += Integer.BYTES;
        }
        for (int i = 0; i < count; i++) {
            int repetition = repeats ? rows.get(JAVA_BYTE, at++) : 0;
            int definition = mostDefinition > 0 ? rows.get(JAVA_BYTE, at++) : 0;
            if (definition < mostDefinition) {
                to.writeNull(repetition, definition);
            } else {
                at = writeValue(rows, at, repetition, definition, to);
            }
        }
        return at;
    }

    /** Where the part of the next column begins. */
    long skip(MemorySegment rows, long start) {
        long at = start;
        int count = 1;
        if (repeats) {
            count = rows.get(INT, at);
            at += Integer.BYTES;
        }
        for (int i = 0; i < count; i++) {
            at += repeats ? 1 : 0;
            int definition = mostDefinition > 0 ? rows.get(JAVA_BYTE, at++) : 0;
            if (definition == mostDefinition) {
                at += valueBytes(rows, at);
            }
        }
        return at;
    }

    private void putLevels(int repetition, int definition, RowBuffer into) {
        if (repeats) {
            into.putByte(repetition);
        }
        if (mostDefinition > 0) {
            into.putByte(definition);
        }
    }

    private void putValue(ColumnReader from, Conversion conversion, RowBuffer into) {
        switch (conversion) {
            case SAME -> putSame(from, into);
            case INT_TO_LONG -> into.putLong(from.getInteger());
            case UNSIGNED_INT_TO_LONG -> into.putLong(Integer.toUnsignedLong(from.getInteger()));
            case FLOAT_TO_DOUBLE -> into.putLong(Double.doubleToRawLongBits(from.getFloat()));
            case TIMES_THOUSAND, TIMES_MILLION -> into.putLong(conversion.time(from.getLong()));
        }
    }

    private void putSame(ColumnReader from, RowBuffer into) {
        switch (type) {
            case INT32 -> into.putInt(from.getInteger());
            case INT64 -> into.putLong(from.getLong());
            case FLOAT -> into.putInt(Float.floatToRawIntBits(from.getFloat()));
            case DOUBLE -> into.putLong(Double.doubleToRawLongBits(from.getDouble()));
            case BOOLEAN -> into.putByte(from.getBoolean() ? 1 : 0);
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> {
                byte[] bytes = from.getBinary().getBytesUnsafe();
                into.putInt(bytes.length);
                into.put(bytes, 0, bytes.length);
            }
        }
    }

    private long writeValue(
            MemorySegment rows, long at, int repetition, int definition, ColumnWriter to) {
        switch (type) {
            case INT32 -> to.write(rows.get(INT, at), repetition, definition);
            case INT64 -> to.write(rows.get(LONG, at), repetition, definition);
            case FLOAT -> to.write(Float.intBitsToFloat(rows.get(INT, at)), repetition, definition);
            case DOUBLE ->
                    to.write(Double.longBitsToDouble(rows.get(LONG, at)), repetition, definition);
            case BOOLEAN -> to.write(rows.get(JAVA_BYTE, at) != 0, repetition, definition);
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 ->
                    to.write(binary(rows, at), repetition, definition);
        }
        return at + valueBytes(rows, at);
    }

    private long valueBytes(MemorySegment rows, long at) {
        return switch (type) {
            case INT32, FLOAT -> Integer.BYTES;
            case INT64, DOUBLE -> Long.BYTES;
            case BOOLEAN -> 1;
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> Integer.BYTES + (long) rows.get(INT, at);
        };
    }

    /** The definition level of a row whose column does not repeat. */
    int definition(MemorySegment rows, long start) {
        return mostDefinition > 0 ? rows.get(JAVA_BYTE, start) : 0;
    }

    /** The value of such a row as Parquet's plain encoding has it; not for booleans. */
    byte[] plain(MemorySegment rows, long start) {
        long at = start + (mostDefinition > 0 ? 1 : 0);
        long bytes = valueBytes(rows, at);
        boolean lengthKnown =
                type == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY || type == PrimitiveTypeName.INT96;
        int before = lengthKnown ? Integer.BYTES : 0;
        return rows.asSlice(at + before, bytes - before).toArray(JAVA_BYTE);
    }

    private static Binary binary(MemorySegment rows, long at) {
        int length = rows.get(INT, at);
        return Binary.fromConstantByteArray(
                rows.asSlice(at + Integer.BYTES, length).toArray(JAVA_BYTE));
    }

    /**
     * Whether the reader's current row is the one that begins at a place, level for level and bit
     * for bit; the reader is left at the next row only if so.
     */
    boolean isSame(ColumnReader row, MemorySegment rows, long start) {
        long at = start;
        int count = 1;
        if (repeats) {
            count = rows.get(INT, at);
            at += Integer.BYTES;
        }
        for (int i = 0; i < count; i++) {
            int repetition = repeats ? rows.get(JAVA_BYTE, at++) : 0;
            int definition = mostDefinition > 0 ? rows.get(JAVA_BYTE, at++) : 0;
            if (row.getCurrentRepetitionLevel() != repetition
                    || row.getCurrentDefinitionLevel() != definition
                    || (definition == mostDefinition && !isSameValue(row, rows, at))) {
                return false;
            }
            if (definition == mostDefinition) {
                at += valueBytes(rows, at);
            }
            row.consume();
            if (i + 1 < count && row.getCurrentRepetitionLevel() == 0) {
                return false;
            }
        }
        return row.getCurrentRepetitionLevel() == 0;
    }

    private boolean isSameValue(ColumnReader row, MemorySegment rows, long at) {
        return switch (type) {
            case INT32 -> row.getInteger() == rows.get(INT, at);
            case INT64 -> row.getLong() == rows.get(LONG, at);
            case FLOAT -> Float.floatToRawIntBits(row.getFloat()) == rows.get(INT, at);
            case DOUBLE -> Double.doubleToRawLongBits(row.getDouble()) == rows.get(LONG, at);
            case BOOLEAN -> row.getBoolean() == (rows.get(JAVA_BYTE, at) != 0);
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> {
                byte[] value = row.getBinary().getBytesUnsafe();
                int length = rows.get(INT, at);
                long from = at + Integer.BYTES;
                yield value.length == length
                        && MemorySegment.mismatch(
                                        MemorySegment.ofArray(value),
                                        0,
                                        length,
                                        rows,
                                        from,
                                        from + length)
                                < 0;
            }
        };
    }
}
