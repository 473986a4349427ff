package dev.whence.merge.key;

import dev.whence.merge.MergeRefusedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * A key column as one file has it, and the way from its values to a key's bytes. Equal values of
 * one {@link KeyKind} have equal bytes and greater values greater bytes (unsigned, the shorter
 * first), whichever types their columns have: null equals null and is first, NaN equals NaN and is
 * last, -0.0 equals 0.0. No component is the beginning of another, so that composite keys are equal
 * only if each component is. Immutable and thread-safe.
 */
public final class KeyColumn {
    private static final int SECONDS_PER_DAY = 86_400;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int EPOCH_JULIAN_DAY = 2_440_588;

    private final String path;
    private final PrimitiveType type;
    private final KeyForm form;
    private final int maxDefinitionLevel;

    private KeyColumn(String path, PrimitiveType type, int maxDefinitionLevel) {
        this.path = path;
        this.type = type;
        this.form = KeyForm.of(type);
        this.maxDefinitionLevel = maxDefinitionLevel;
    }

    /**
     * A file's column.
     *
     * @throws MergeRefusedException if it is repeated: a row would have many keys
     */
    public static KeyColumn of(ColumnDescriptor column) {
        String path = String.join(".", column.getPath());
        if (column.getMaxRepetitionLevel() > 0) {
            throw new MergeRefusedException(
                    "key column %s is repeated: %s; a key needs one value for each row"
                            .formatted(path, column.getPrimitiveType()));
        }
        return new KeyColumn(path, column.getPrimitiveType(), column.getMaxDefinitionLevel());
    }

    /** A column that files of both sides have in their places only, so that it is text. */
    public static KeyColumn ofText(String column) {
        return new KeyColumn(
                column,
                Types.optional(PrimitiveTypeName.BINARY)
                        .as(LogicalTypeAnnotation.stringType())
                        .named(column),
                1);
    }

    /** Its path, dots between the parts. */
    public String path() {
        return path;
    }

    public KeyKind kind() {
        return form.kind();
    }

    public PrimitiveType type() {
        return type;
    }

    /** Whether no row's value is null. */
    public boolean isRequired() {
        return maxDefinitionLevel == 0;
    }

    KeyForm form() {
        return form;
    }

    /**
     * Checks that values of the two columns compare.
     *
     * @throws MergeRefusedException if they do not; it names both
     */
    public void checkComparable(KeyColumn other) {
        if (kind() != other.kind()) {
            throw new MergeRefusedException(
                    ("key column %s (%s) is %s but %s (%s) is %s: they do not compare; "
                                    + "cast one of them")
                            .formatted(path, type, kind(), other.path, other.type, other.kind()));
        }
    }

    /** Appends the value that a reader stands on. */
    public void encode(ColumnReader reader, KeyBuffer into) {
        if (reader.getCurrentDefinitionLevel() < maxDefinitionLevel) {
            encodeNull(into);
            return;
        }
        switch (type.getPrimitiveTypeName()) {
            case INT64 -> encodeLong(reader.getLong(), into);
            case INT32 -> encodeInt(reader.getInteger(), into);
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> encodeBinary(reader.getBinary(), into);
            case DOUBLE -> encodeDouble(reader.getDouble(), into);
            case FLOAT -> encodeFloat(reader.getFloat(), into);
            case BOOLEAN -> encodeBoolean(reader.getBoolean(), into);
        }
    }

    public void encodeNull(KeyBuffer into) {
        into.putByte(KeyBuffer.NULL);
    }

    /** Appends a value of an INT32 column. */
    public void encodeInt(int value, KeyBuffer into) {
        encodeInteger(form.unsigned() ? Integer.toUnsignedLong(value) : value, into);
    }

    /** Appends a value of an INT64 column. */
    public void encodeLong(long value, KeyBuffer into) {
        if (form.unsigned()) {
            into.putLong(KeyBuffer.NOT_NEGATIVE, value);
        } else {
            encodeInteger(value, into);
        }
    }

    /** Appends a value of a FLOAT column. */
    public void encodeFloat(float value, KeyBuffer into) {
        into.putDouble(value);
    }

    /** Appends a value of a DOUBLE column. */
    public void encodeDouble(double value, KeyBuffer into) {
        into.putDouble(value);
    }

    /** Appends a value of a BOOLEAN column. */
    public void encodeBoolean(boolean value, KeyBuffer into) {
        into.putByte(value ? KeyBuffer.TRUE : KeyBuffer.FALSE);
    }

    /** Appends a value of a BINARY, FIXED_LEN_BYTE_ARRAY or INT96 column. */
    public void encodeBinary(Binary value, KeyBuffer into) {
        switch (kind()) {
            case BYTES -> into.putBinary(value);
            case DECIMAL -> DecimalCode.put(value, form.scale(), into);
            case FLOATING -> into.putDouble(Float.float16ToFloat(float16(value)));
            case INSTANT -> encodeInt96(value, into);
            default -> throw new IllegalArgumentException(path + " holds no bytes: " + type);
        }
    }

    /** Appends a value as statistics have it: boxed, of the column's physical type. */
    void encodeBoxed(Object value, KeyBuffer into) {
        switch (value) {
            case Integer number -> encodeInt(number, into);
            case Long number -> encodeLong(number, into);
            case Float number -> encodeFloat(number, into);
            case Double number -> encodeDouble(number, into);
            case Boolean truth -> encodeBoolean(truth, into);
            case Binary bytes -> encodeBinary(bytes, into);
            default -> throw new IllegalArgumentException(path + ": " + value.getClass());
        }
    }

    /**
     * Appends what a file's place says, taken as this column's kind.
     *
     * @param text decoded; null for Hive's null
     * @throws MergeRefusedException if the text is no value of that kind
     */
    public void encodeText(@Nullable String text, KeyBuffer into) {
        if (text == null) {
            encodeNull(into);
        } else {
            PartitionText.encode(this, text, into);
        }
    }

    private void encodeInteger(long value, KeyBuffer into) {
        switch (kind()) {
            case INTEGER, DATE -> into.putSigned(value);
            case TIME, INSTANT, LOCAL_TIMESTAMP -> {
                int perSecond = form.unitsPerSecond();
                long seconds = Math.floorDiv(value, perSecond);
                long units = value - seconds * perSecond;
                into.putMoment(seconds, (int) (units * (NANOS_PER_SECOND / perSecond)));
            }
            case DECIMAL -> DecimalCode.put(value, form.scale(), into);
            default -> throw new IllegalArgumentException(path + " holds no integers: " + type);
        }
    }

    /** Nanoseconds of the day in eight bytes, the Julian day in four, little-endian. */
    private static void encodeInt96(Binary value, KeyBuffer into) {
        ByteBuffer bytes = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        long nanos = bytes.getLong(bytes.position());
        long day = bytes.getInt(bytes.position() + Long.BYTES);
        long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND);
        into.putMoment(
                (day - EPOCH_JULIAN_DAY) * SECONDS_PER_DAY + seconds,
                (int) (nanos - seconds * NANOS_PER_SECOND));
    }

    private static short float16(Binary value) {
        ByteBuffer bytes = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        return bytes.getShort(bytes.position());
    }

    @Override
    public String toString() {
        return path + " (" + type + ")";
    }
}
