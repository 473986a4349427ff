package dev.whence.merge.key;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.ColumnOrder;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a column's values in a row group or a page. Whatever is unsure is unknown:
 * statistics that are missing, hold a NaN, have an order that is undefined or contradict
 * themselves. Bounds need not be values, as writers shorten them. Immutable.
 */
public final class KeyBounds {
    /** Whether nulls are among the values. */
    public enum Nulls {
        NONE,
        SOME,
        ALL,
        UNKNOWN
    }

    private static final byte[] NOTHING = new byte[0];

    private final byte[] min;
    private final byte[] max;
    private final Nulls nulls;
    private final boolean mayHoldNaN;

    private KeyBounds(byte[] min, byte[] max, Nulls nulls, boolean mayHoldNaN) {
        this.min = min;
        this.max = max;
        this.nulls = nulls;
        this.mayHoldNaN = mayHoldNaN;
    }

    /** Bounds of which nothing is known but what the column's type says. */
    public static KeyBounds unknown(KeyColumn column) {
        return unbounded(column, column.isRequired() ? Nulls.NONE : Nulls.UNKNOWN, true);
    }

    /**
     * A column chunk's bounds.
     *
     * @param statistics null if there are none
     * @param values how many the chunk has, nulls included
     */
    public static KeyBounds ofChunk(
            KeyColumn column, @Nullable Statistics<?> statistics, long values) {
        if (statistics == null) {
            return unknown(column);
        }
        Nulls nulls = nulls(column, statistics.isNumNullsSet(), statistics.getNumNulls(), values);
        boolean mayHoldNaN = !(statistics.isNanCountSet() && statistics.getNanCount() == 0);
        if (!statistics.hasNonNullValue()) {
            return nulls == Nulls.ALL
                    ? new KeyBounds(NOTHING, NOTHING, Nulls.ALL, false)
                    : unbounded(column, nulls, mayHoldNaN);
        }
        return between(
                column,
                statistics.genericGetMin(),
                statistics.genericGetMax(),
                nulls == Nulls.ALL ? Nulls.UNKNOWN : nulls,
                mayHoldNaN);
    }

    /**
     * A page's bounds.
     *
     * @param values how many the page has, nulls included
     */
    public static KeyBounds ofPage(KeyColumn column, ColumnIndex index, int page, long values) {
        List<Long> nullCounts = index.getNullCounts();
        boolean counted = nullCounts != null && page < nullCounts.size();
        Nulls nulls = nulls(column, counted, counted ? nullCounts.get(page) : -1, values);
        if (index.getNullPages().get(page)) {
            return nulls == Nulls.ALL || (!counted && !column.isRequired())
                    ? new KeyBounds(NOTHING, NOTHING, Nulls.ALL, false)
                    : unbounded(column, Nulls.UNKNOWN, true);
        }
        List<Long> nanCounts = index.getNanCounts();
        boolean mayHoldNaN =
                nanCounts == null || page >= nanCounts.size() || nanCounts.get(page) != 0;
        Object min = boxed(column.type(), index.getMinValues().get(page));
        Object max = boxed(column.type(), index.getMaxValues().get(page));
        Nulls presence = nulls == Nulls.ALL ? Nulls.UNKNOWN : nulls;
        return min == null || max == null
                ? unbounded(column, presence, mayHoldNaN)
                : between(column, min, max, presence, mayHoldNaN);
    }

    /** A file's bounds in a column that its place fixes. */
    public static KeyBounds ofPartition(KeyColumn column, @Nullable String text) {
        if (text == null) {
            return new KeyBounds(NOTHING, NOTHING, Nulls.ALL, false);
        }
        KeyBuffer value = new KeyBuffer();
        column.encodeText(text, value);
        byte[] bound = value.copy();
        return new KeyBounds(bound, bound, Nulls.NONE, isNaN(column, bound));
    }

    public Nulls nulls() {
        return nulls;
    }

    /** Whether there are bounds. If not, any value may be there, unless all are null. */
    public boolean isBounded() {
        return min.length > 0;
    }

    /** No value but NaN is less: encoded, not to be changed; only if bounded. */
    public byte[] min() {
        return min;
    }

    /** No value but NaN is greater: encoded, not to be changed; only if bounded. */
    public byte[] max() {
        return max;
    }

    /** Whether a NaN may be there, whatever the bounds. */
    public boolean mayHoldNaN() {
        return mayHoldNaN;
    }

    /** Whether a null may be there. */
    public boolean mayHoldNull() {
        return nulls != Nulls.NONE;
    }

    private static Nulls nulls(KeyColumn column, boolean counted, long count, long values) {
        if (!counted || count < 0 || count > values) {
            return column.isRequired() ? Nulls.NONE : Nulls.UNKNOWN;
        }
        if (count == 0) {
            return Nulls.NONE;
        }
        return count == values ? Nulls.ALL : Nulls.SOME;
    }

    private static KeyBounds unbounded(KeyColumn column, Nulls nulls, boolean mayHoldNaN) {
        return new KeyBounds(
                NOTHING, NOTHING, nulls, mayHoldNaN && column.kind() == KeyKind.FLOATING);
    }

    private static KeyBounds between(
            KeyColumn column, Object min, Object max, Nulls nulls, boolean mayHoldNaN) {
        if (!isOrdered(column.type()) || !hasLength(column, min) || !hasLength(column, max)) {
            return unbounded(column, nulls, mayHoldNaN);
        }
        KeyBuffer buffer = new KeyBuffer();
        column.encodeBoxed(min, buffer);
        byte[] from = buffer.copy();
        buffer.clear();
        column.encodeBoxed(max, buffer);
        byte[] to = buffer.copy();
        if (isNaN(column, from) || isNaN(column, to) || Arrays.compareUnsigned(from, to) > 0) {
            return unbounded(column, nulls, true);
        }
        return new KeyBounds(from, to, nulls, mayHoldNaN && column.kind() == KeyKind.FLOATING);
    }

    private static boolean isOrdered(PrimitiveType type) {
        return type.getPrimitiveTypeName() != PrimitiveTypeName.INT96
                && type.columnOrder().getColumnOrderName() != ColumnOrder.ColumnOrderName.UNDEFINED;
    }

    private static boolean hasLength(KeyColumn column, Object bound) {
        return column.kind() != KeyKind.FLOATING
                || !(bound instanceof Binary bytes)
                || bytes.length() == column.type().getTypeLength();
    }

    private static boolean isNaN(KeyColumn column, byte[] encoded) {
        return column.kind() == KeyKind.FLOATING && Arrays.equals(encoded, KeyRanges.NAN);
    }

    /** A bound of a column index; null if it has not the length of the type. */
    private static @Nullable Object boxed(PrimitiveType type, ByteBuffer bound) {
        ByteBuffer bytes = bound.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int at = bytes.position();
        int length =
                switch (type.getPrimitiveTypeName()) {
                    case BOOLEAN -> 1;
                    case INT32, FLOAT -> Integer.BYTES;
                    case INT64, DOUBLE -> Long.BYTES;
                    case INT96 -> 12;
                    case BINARY, FIXED_LEN_BYTE_ARRAY -> bytes.remaining();
                };
        if (bytes.remaining() != length) {
            return null;
        }
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> bytes.get(at) != 0;
            case INT32 -> bytes.getInt(at);
            case INT64 -> bytes.getLong(at);
            case FLOAT -> bytes.getFloat(at);
            case DOUBLE -> bytes.getDouble(at);
            case INT96, BINARY, FIXED_LEN_BYTE_ARRAY -> Binary.fromConstantByteBuffer(bytes);
        };
    }
}
