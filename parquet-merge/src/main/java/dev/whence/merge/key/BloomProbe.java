package dev.whence.merge.key;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.io.api.Binary;

/**
 * Asks the bloom filters of one file's key column for encoded values. A filter holds hashes of the
 * file's own physical values, so each value is first turned into that type; one that the type
 * cannot hold is not in the file. Immutable and thread-safe.
 */
public final class BloomProbe {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** A number beyond it is not written out to be hashed. */
    private static final int LARGEST_DIGITS = 1_000;

    private static final int NANOS_OFFSET = 1 + Long.BYTES;

    private final KeyColumn column;

    public BloomProbe(KeyColumn column) {
        this.column = column;
    }

    /**
     * Whether a chunk of this filter may hold a value; false is certain.
     *
     * @param component of the column's kind
     */
    public boolean mayHold(BloomFilter filter, byte[] component) {
        if (component[0] == KeyBuffer.NULL) {
            return true;
        }
        return switch (column.kind()) {
            case BOOLEAN -> true;
            case INTEGER, DATE -> mayHoldInteger(filter, component);
            case FLOATING -> mayHoldFloating(filter, decodeDouble(component));
            case BYTES -> mayHoldBytes(filter, component);
            case TIME, INSTANT, LOCAL_TIMESTAMP -> mayHoldMoment(filter, component);
            case DECIMAL ->
                    mayHoldDecimal(filter, DecimalCode.decode(component).stripTrailingZeros());
        };
    }

    private boolean mayHoldInteger(BloomFilter filter, byte[] component) {
        boolean negative = component[0] == KeyBuffer.NEGATIVE;
        long value = (long) KeyBuffer.LONGS.get(component, 1);
        boolean beyondSigned = !negative && value < 0;
        return column.form().unsigned()
                ? !negative && mayHoldUnsigned(filter, value)
                : !beyondSigned && mayHoldSigned(filter, value);
    }

    private boolean mayHoldUnsigned(BloomFilter filter, long value) {
        return switch (column.type().getPrimitiveTypeName()) {
            case INT32 -> value >>> Integer.SIZE == 0 && holds(filter, (int) value);
            case INT64 -> filter.findHash(filter.hash(value));
            default -> true;
        };
    }

    private boolean mayHoldSigned(BloomFilter filter, long value) {
        return switch (column.type().getPrimitiveTypeName()) {
            case INT32 -> value == (int) value && holds(filter, (int) value);
            case INT64 -> filter.findHash(filter.hash(value));
            default -> true;
        };
    }

    private static boolean holds(BloomFilter filter, int value) {
        return filter.findHash(filter.hash(value));
    }

    private boolean mayHoldFloating(BloomFilter filter, double value) {
        if (Double.isNaN(value)) {
            return true;
        }
        if (value == 0) {
            return holdsFloating(filter, 0.0) || holdsFloating(filter, -0.0);
        }
        return holdsFloating(filter, value);
    }

    private boolean holdsFloating(BloomFilter filter, double value) {
        return switch (column.type().getPrimitiveTypeName()) {
            case DOUBLE -> filter.findHash(filter.hash(value));
            case FLOAT -> value == (float) value && filter.findHash(filter.hash((float) value));
            case FIXED_LEN_BYTE_ARRAY -> {
                short half = Float.floatToFloat16((float) value);
                byte[] littleEndian = {(byte) half, (byte) (half >> Byte.SIZE)};
                yield value == Float.float16ToFloat(half) && holds(filter, littleEndian);
            }
            default -> true;
        };
    }

    private boolean mayHoldBytes(BloomFilter filter, byte[] component) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream(component.length);
        for (int at = 1; at < component.length - 2; at++) {
            plain.write(component[at]);
            if (component[at] == 0) {
                at++;
            }
        }
        int length = column.type().getTypeLength();
        return (length == 0 || length == plain.size()) && holds(filter, plain.toByteArray());
    }

    private boolean mayHoldMoment(BloomFilter filter, byte[] component) {
        int perSecond = column.form().unitsPerSecond();
        if (perSecond == 0) {
            return true; // INT96 has several ways to write one instant
        }
        long seconds = (long) KeyBuffer.LONGS.get(component, 1) ^ Long.MIN_VALUE;
        int nanos = (int) KeyBuffer.INTS.get(component, NANOS_OFFSET);
        long nanosPerUnit = NANOS_PER_SECOND / perSecond;
        if (nanos % nanosPerUnit != 0) {
            return false;
        }
        BigInteger units =
                BigInteger.valueOf(seconds)
                        .multiply(BigInteger.valueOf(perSecond))
                        .add(BigInteger.valueOf(nanos / nanosPerUnit));
        return units.bitLength() < Long.SIZE && mayHoldSigned(filter, units.longValue());
    }

    private boolean mayHoldDecimal(BloomFilter filter, BigDecimal value) {
        int scale = column.form().scale();
        if (value.scale() > scale) {
            return false; // more digits after the point than the type has
        }
        if ((long) value.precision() - value.scale() + scale > LARGEST_DIGITS) {
            return true;
        }
        BigInteger unscaled = value.setScale(scale).unscaledValue();
        return switch (column.type().getPrimitiveTypeName()) {
            case INT32, INT64 ->
                    unscaled.bitLength() < Long.SIZE && mayHoldSigned(filter, unscaled.longValue());
            case FIXED_LEN_BYTE_ARRAY -> {
                byte[] bytes = unscaled.toByteArray();
                int length = column.type().getTypeLength();
                byte[] padded = new byte[length];
                Arrays.fill(padded, (byte) (unscaled.signum() < 0 ? -1 : 0));
                if (bytes.length > length) {
                    yield false;
                }
                System.arraycopy(bytes, 0, padded, length - bytes.length, bytes.length);
                yield holds(filter, padded);
            }
            default -> true; // a binary column may pad its numbers as it likes
        };
    }

    private static boolean holds(BloomFilter filter, byte[] value) {
        return filter.findHash(filter.hash(Binary.fromConstantByteArray(value)));
    }

    private static double decodeDouble(byte[] component) {
        long code = (long) KeyBuffer.LONGS.get(component, 1);
        return Double.longBitsToDouble(code ^ (~(code >> 63) | Long.MIN_VALUE));
    }
}
