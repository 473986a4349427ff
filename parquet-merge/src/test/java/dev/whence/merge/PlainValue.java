package dev.whence.merge;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * What a physical value means, in plain Java and without the code under test: a {@link BigDecimal}
 * without trailing zeros for every number, date, time (in seconds) and timestamp (in seconds); a
 * {@link Double} for floating point of any width; a Boolean; bytes as a string of ISO 8859-1.
 */
public final class PlainValue {
    private static final BigDecimal BILLION = BigDecimal.valueOf(1_000_000_000);
    private static final BigDecimal SECONDS_PER_DAY = BigDecimal.valueOf(86_400);
    private static final long EPOCH_JULIAN_DAY = 2_440_588;

    private PlainValue() {}

    /** The meaning of a boxed value of that type. */
    public static Comparable<?> of(PrimitiveType type, Object raw) {
        return switch (raw) {
            case Boolean truth -> truth;
            case Float number -> number.doubleValue();
            case Double number -> number;
            case Integer number ->
                    number(
                            type,
                            isUnsigned(type)
                                    ? BigInteger.valueOf(Integer.toUnsignedLong(number))
                                    : BigInteger.valueOf(number));
            case Long number ->
                    number(
                            type,
                            isUnsigned(type)
                                    ? new BigInteger(Long.toUnsignedString(number))
                                    : BigInteger.valueOf(number));
            case Binary binary -> ofBytes(type, binary.getBytes());
            default -> throw new IllegalArgumentException(raw.getClass().toString());
        };
    }

    /** The same for a key: there the two zeros are one. */
    public static Comparable<?> key(Comparable<?> value) {
        return value instanceof Double number && number == 0 ? Double.valueOf(0) : value;
    }

    private static Comparable<?> ofBytes(PrimitiveType type, byte[] bytes) {
        ByteBuffer little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation) {
            return number(type, bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes));
        }
        if (type.getLogicalTypeAnnotation() instanceof Float16LogicalTypeAnnotation) {
            return (double) Float.float16ToFloat(little.getShort());
        }
        if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
            BigDecimal nanos = BigDecimal.valueOf(little.getLong());
            return BigDecimal.valueOf(little.getInt() - EPOCH_JULIAN_DAY)
                    .multiply(SECONDS_PER_DAY)
                    .add(nanos.divide(BILLION))
                    .stripTrailingZeros();
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static BigDecimal number(PrimitiveType type, BigInteger number) {
        int scale =
                switch (type.getLogicalTypeAnnotation()) {
                    case DecimalLogicalTypeAnnotation decimal -> decimal.getScale();
                    case TimeLogicalTypeAnnotation time -> digits(time.getUnit());
                    case TimestampLogicalTypeAnnotation time -> digits(time.getUnit());
                    case null, default -> 0;
                };
        return new BigDecimal(number, scale).stripTrailingZeros();
    }

    private static int digits(TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> 3;
            case MICROS -> 6;
            case NANOS -> 9;
        };
    }

    private static boolean isUnsigned(PrimitiveType type) {
        return type.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation integer
                && !integer.isSigned();
    }
}
