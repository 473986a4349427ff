package dev.whence.merge;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.float16Type;
import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timeType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.uuidType;

import dev.whence.merge.key.KeyKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** A type that a file may hold values of a kind in; the way back from {@link PlainValue}. */
record Form(PrimitiveTypeName physical, int length, LogicalTypeAnnotation logical) {

    static final Form TEXT = new Form(PrimitiveTypeName.BINARY, 0, stringType());

    /** Forms of a kind, each list from narrow to wide: a row of one fits into those after it. */
    static List<List<Form>> chains(KeyKind kind) {
        return switch (kind) {
            case INTEGER ->
                    List.of(
                            List.of(
                                    int32(intType(8)),
                                    int32(intType(16)),
                                    int32(null),
                                    int64(null)),
                            List.of(
                                    int32(intType(8, false)),
                                    int32(intType(16, false)),
                                    int32(intType(32, false)),
                                    int64(intType(64, true))),
                            List.of(int64(intType(64, false))));
            case FLOATING ->
                    List.of(
                            List.of(
                                    new Form(PrimitiveTypeName.FLOAT, 0, null),
                                    new Form(PrimitiveTypeName.DOUBLE, 0, null)),
                            List.of(fixed(2, float16Type())));
            case DECIMAL ->
                    List.of(
                            List.of(int32(decimalType(2, 9)), int64(decimalType(2, 18))),
                            List.of(fixed(16, decimalType(3, 38))),
                            List.of(new Form(PrimitiveTypeName.BINARY, 0, decimalType(1, 30))));
            case BOOLEAN -> List.of(List.of(new Form(PrimitiveTypeName.BOOLEAN, 0, null)));
            case BYTES ->
                    List.of(
                            List.of(
                                    new Form(PrimitiveTypeName.BINARY, 0, null),
                                    new Form(PrimitiveTypeName.BINARY, 0, stringType())),
                            List.of(fixed(4, null)),
                            List.of(fixed(16, uuidType())));
            case DATE -> List.of(List.of(int32(dateType())));
            case TIME ->
                    List.of(
                            List.of(int32(timeType(true, TimeUnit.MILLIS))),
                            List.of(int64(timeType(true, TimeUnit.MICROS))),
                            List.of(int64(timeType(true, TimeUnit.NANOS))));
            case INSTANT ->
                    List.of(timestamps(true), List.of(new Form(PrimitiveTypeName.INT96, 0, null)));
            case LOCAL_TIMESTAMP -> List.of(timestamps(false));
        };
    }

    private static List<Form> timestamps(boolean utc) {
        return Stream.of(TimeUnit.MILLIS, TimeUnit.MICROS, TimeUnit.NANOS)
                .map(unit -> int64(timestampType(utc, unit)))
                .toList();
    }

    private static Form int32(LogicalTypeAnnotation logical) {
        return new Form(PrimitiveTypeName.INT32, 0, logical);
    }

    private static Form int64(LogicalTypeAnnotation logical) {
        return new Form(PrimitiveTypeName.INT64, 0, logical);
    }

    private static Form fixed(int length, LogicalTypeAnnotation logical) {
        return new Form(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, length, logical);
    }

    PrimitiveType type(Repetition repetition, String name) {
        return Types.primitive(physical, repetition).length(length).as(logical).named(name);
    }

    /** The physical value of a plain one; null if this form cannot hold it. */
    Object raw(Object plain) {
        Object raw = physical(plain);
        return raw != null && PlainValue.of(type(Repetition.REQUIRED, "v"), raw).equals(plain)
                ? raw
                : null;
    }

    private Object physical(Object plain) {
        return switch (physical) {
            case BOOLEAN -> plain;
            case FLOAT -> (float) (double) (Double) plain;
            case DOUBLE -> plain;
            case INT32 -> {
                BigInteger number = unscaled((BigDecimal) plain);
                yield fits(number, 32) ? (Object) number.intValue() : null;
            }
            case INT64 -> {
                BigInteger number = unscaled((BigDecimal) plain);
                yield fits(number, 64) ? (Object) number.longValue() : null;
            }
            case INT96 -> int96((BigDecimal) plain);
            case BINARY, FIXED_LEN_BYTE_ARRAY -> bytes(plain);
        };
    }

    private boolean fits(BigInteger number, int bits) {
        if (number == null) {
            return false;
        }
        if (logical instanceof IntLogicalTypeAnnotation integer) {
            return integer.isSigned()
                    ? number.bitLength() < integer.getBitWidth()
                    : number.signum() >= 0 && number.bitLength() <= integer.getBitWidth();
        }
        return number.bitLength() < bits;
    }

    /** The number in units of the type's last digit, whichever type it is. */
    private BigInteger unscaled(BigDecimal plain) {
        PrimitiveType type = type(Repetition.REQUIRED, "v");
        Object one =
                switch (physical) {
                    case INT32 -> 1;
                    case INT64 -> 1L;
                    default -> Binary.fromConstantByteArray(new byte[] {1});
                };
        BigDecimal unit = (BigDecimal) PlainValue.of(type, one);
        BigDecimal[] units = plain.divideAndRemainder(unit);
        return units[1].signum() == 0 ? units[0].toBigInteger() : null;
    }

    private Binary bytes(Object plain) {
        byte[] bytes;
        switch (plain) {
            case Double number when logical instanceof Float16LogicalTypeAnnotation -> {
                short half = Float.floatToFloat16((float) (double) number);
                bytes = new byte[] {(byte) half, (byte) (half >> 8)};
            }
            case BigDecimal number -> {
                BigInteger unscaled = unscaled(number);
                if (unscaled == null) {
                    return null;
                }
                bytes = unscaled.toByteArray();
                if (bytes.length < length) {
                    byte[] padded = new byte[length];
                    Arrays.fill(padded, (byte) unscaled.signum() < 0 ? (byte) -1 : 0);
                    System.arraycopy(bytes, 0, padded, length - bytes.length, bytes.length);
                    bytes = padded;
                }
            }
            default -> bytes = ((String) plain).getBytes(StandardCharsets.ISO_8859_1);
        }
        return length > 0 && bytes.length != length ? null : Binary.fromConstantByteArray(bytes);
    }

    private static Binary int96(BigDecimal seconds) {
        BigInteger nanos = seconds.movePointRight(9).toBigInteger();
        BigInteger[] parts = nanos.divideAndRemainder(BigInteger.valueOf(86_400L * 1_000_000_000L));
        long day = parts[0].longValue() + (parts[1].signum() < 0 ? -1 : 0);
        long ofDay = parts[1].longValue() + (parts[1].signum() < 0 ? 86_400_000_000_000L : 0);
        return Binary.fromConstantByteArray(
                ByteBuffer.allocate(12)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(ofDay)
                        .putInt((int) day + 2_440_588)
                        .array());
    }
}
