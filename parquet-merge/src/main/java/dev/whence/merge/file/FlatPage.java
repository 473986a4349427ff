package dev.whence.merge.file;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.EncodingStats;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A decompressed data page of the first version, of a column that does not repeat, whose values can
 * be found without a reader: as they are, or as numbers of a dictionary. Used for one page after
 * the other, so that its arrays are; not thread-safe.
 */
public final class FlatPage {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);

    private final int mostDefinition;
    private final int valueBytes;
    private byte[] bytes = new byte[0];
    private int[] definitions = new int[0];
    private int[] numbers = new int[0];
    private int[] ends = new int[0];
    private int rows;
    private int values;
    private int valuesAt;
    private boolean usesDictionary;

    public FlatPage(ColumnDescriptor leaf) {
        this.mostDefinition = leaf.getMaxDefinitionLevel();
        this.valueBytes = valueBytes(leaf.getPrimitiveType());
    }

    /** Whether all data pages of a chunk are such, as far as the footer says. */
    public static boolean areAllOf(ColumnDescriptor leaf, ColumnChunkMetaData chunk) {
        EncodingStats stats = chunk.getEncodingStats();
        return stats != null
                && !stats.usesV2Pages()
                && stats.getDataEncodings().stream().allMatch(FlatPage::isKnown)
                && leaf.getMaxRepetitionLevel() == 0
                && leaf.getPrimitiveType().getPrimitiveTypeName() != PrimitiveTypeName.BOOLEAN;
    }

    private static boolean isKnown(Encoding encoding) {
        return encoding == Encoding.PLAIN || encoding.usesDictionary();
    }

    /** Bytes of a plain value; -1 if its length stands before it. */
    public static int valueBytes(PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case INT32, FLOAT -> Integer.BYTES;
            case INT64, DOUBLE -> Long.BYTES;
            case INT96 -> 12;
            case FIXED_LEN_BYTE_ARRAY -> type.getTypeLength();
            case BINARY -> -1;
            case BOOLEAN -> throw new IllegalArgumentException("booleans are bits");
        };
    }

    /**
     * Looks at a page; what was known of the last one is gone.
     *
     * @param page whose rows are those of the offset index
     * @param plain its body, decompressed
     * @return false if it is encoded as the footer does not say
     * @throws IOException if it is damaged
     */
    public boolean read(RawPages.Page page, byte[] plain) throws IOException {
        if (!isKnown(page.encoding())
                || (mostDefinition > 0 && page.definitions() != Encoding.RLE)) {
            return false;
        }
        if (page.values() != page.rows()) {
            throw new IOException(
                    "a page has %d values for %d rows".formatted(page.values(), page.rows()));
        }
        bytes = plain;
        rows = page.values();
        usesDictionary = page.encoding().usesDictionary();
        readDefinitions();
        if (usesDictionary) {
            readNumbers();
        } else {
            findValues();
        }
        return true;
    }

    private void readDefinitions() throws IOException {
        values = rows;
        valuesAt = 0;
        if (mostDefinition == 0) {
            return;
        }
        requireWithin(Integer.BYTES);
        int length = (int) INT.get(bytes, 0);
        valuesAt = Integer.BYTES;
        requireWithin(length);
        valuesAt += length;
        definitions = room(definitions, rows);
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(mostDefinition);
        HybridRuns.decode(bytes, Integer.BYTES, valuesAt, bits, definitions, rows);
        for (int row = 0; row < rows; row++) {
            if (definitions[row] != mostDefinition) {
                values--;
                if (definitions[row] > mostDefinition) {
                    throw new IOException("a definition level of " + definitions[row]);
                }
            }
        }
    }

    private void readNumbers() throws IOException {
        numbers = room(numbers, values);
        if (values > 0) {
            requireWithin(1);
            HybridRuns.decode(bytes, valuesAt + 1, bytes.length, bytes[valuesAt], numbers, values);
        }
    }

    private void findValues() throws IOException {
        if (valueBytes >= 0) {
            if ((long) values * valueBytes > bytes.length - valuesAt) {
                throw new IOException("a page ends before its %d values".formatted(values));
            }
            return;
        }
        ends = room(ends, values);
        int at = valuesAt;
        for (int i = 0; i < values; i++) {
            int length = bytes.length - at < Integer.BYTES ? -1 : (int) INT.get(bytes, at);
            at += Integer.BYTES;
            if (length < 0 || length > bytes.length - at) {
                throw new IOException("a page ends before its %d values".formatted(values));
            }
            at += length;
            ends[i] = at;
        }
    }

    private void requireWithin(int length) throws IOException {
        if (length < 0 || length > bytes.length - valuesAt) {
            throw new IOException("a page ends before its values");
        }
    }

    private static int[] room(int[] array, int count) {
        return array.length >= count ? array : new int[count];
    }

    public int rows() {
        return rows;
    }

    /** Values that are not null. */
    public int values() {
        return values;
    }

    public boolean usesDictionary() {
        return usesDictionary;
    }

    /** The definition level of a row. */
    public int definition(int row) {
        return values == rows ? mostDefinition : definitions[row];
    }

    public boolean isNull(int row) {
        return values != rows && definitions[row] != mostDefinition;
    }

    /** The page. */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Checks the numbers.
     *
     * @throws IOException if one is not of the dictionary
     */
    public void requireNumbersBelow(int count) throws IOException {
        for (int i = 0; i < values; i++) {
            if (numbers[i] < 0 || numbers[i] >= count) {
                throw new IOException(
                        "value %d of a dictionary of %d".formatted(numbers[i], count));
            }
        }
    }

    /** A value's number in the dictionary. */
    public int number(int value) {
        return numbers[value];
    }

    /** Where a plain value begins, its length (if it has one) before it; so that values adjoin. */
    public int start(int value) {
        if (valueBytes >= 0) {
            return valuesAt + value * valueBytes;
        }
        return value == 0 ? valuesAt : ends[value - 1];
    }

    /** Where the bytes of a plain value begin, its length not among them. */
    public int content(int value) {
        return valueBytes >= 0 ? start(value) : start(value) + Integer.BYTES;
    }
}
