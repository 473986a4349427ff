package dev.whence.merge.key;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.float16Type;
import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timeType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;

import dev.whence.merge.PlainValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/**
 * A physical value of a random type of a kind, and what it stands for in plain Java.
 *
 * @param raw boxed as statistics have it; null for null
 * @param meaning see {@link PlainValue}; null for null
 */
record TypedValue(KeyColumn column, Object raw, Comparable<?> meaning)
        implements Comparable<TypedValue> {
    static TypedValue random(KeyKind kind, Random random) {
        return random(type(kind, random), random);
    }

    static TypedValue random(PrimitiveType type, Random random) {
        KeyColumn column = KeyColumnTest.column(type);
        if (random.nextInt(12) == 0) {
            return new TypedValue(column, null, null);
        }
        Object raw = raw(column.type(), random);
        return new TypedValue(column, raw, meaning(column.type(), raw));
    }

    /** Of few values, so that equal ones meet. */
    static TypedValue small(KeyKind kind, Random random) {
        KeyColumn column = KeyColumnTest.column(type(kind, random));
        byte[] bytes = new byte[random.nextInt(1, 3)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(3) - 1);
        }
        return column.type().getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                ? of(column, Binary.fromConstantByteArray(bytes))
                : random(kind, random);
    }

    static TypedValue of(KeyColumn column, Object raw) {
        return new TypedValue(column, raw, raw == null ? null : meaning(column.type(), raw));
    }

    byte[] encoded() {
        KeyBuffer into = new KeyBuffer();
        if (raw == null) {
            column.encodeNull(into);
        } else {
            column.encodeBoxed(raw, into);
        }
        return into.copy();
    }

    @Override
    @SuppressWarnings("unchecked")
    public int compareTo(TypedValue other) {
        if (meaning == null || other.meaning == null) {
            return Boolean.compare(meaning != null, other.meaning != null);
        }
        return ((Comparable<Object>) meaning).compareTo(other.meaning);
    }

    static PrimitiveType type(KeyKind kind, Random random) {
        List<PrimitiveType> types =
                switch (kind) {
                    case INTEGER ->
                            List.of(
                                    int32().as(intType(8, true)).named("k"),
                                    int32().as(intType(16, false)).named("k"),
                                    int32().as(intType(32, false)).named("k"),
                                    int32().named("k"),
                                    int64().named("k"),
                                    int64().as(intType(64, false)).named("k"));
                    case FLOATING ->
                            List.of(
                                    Types.optional(PrimitiveTypeName.FLOAT).named("k"),
                                    Types.optional(PrimitiveTypeName.DOUBLE).named("k"),
                                    fixed(2).as(float16Type()).named("k"));
                    case DECIMAL ->
                            List.of(
                                    int32().as(decimalType(random.nextInt(10), 9)).named("k"),
                                    int64().as(decimalType(random.nextInt(19), 18)).named("k"),
                                    fixed(16).as(decimalType(random.nextInt(39), 38)).named("k"),
                                    fixed(5).as(decimalType(random.nextInt(5), 11)).named("k"),
                                    Types.optional(PrimitiveTypeName.BINARY)
                                            .as(decimalType(random.nextInt(9), 50))
                                            .named("k"));
                    case BOOLEAN -> List.of(Types.optional(PrimitiveTypeName.BOOLEAN).named("k"));
                    case BYTES ->
                            List.of(
                                    Types.optional(PrimitiveTypeName.BINARY).named("k"),
                                    Types.optional(PrimitiveTypeName.BINARY)
                                            .as(stringType())
                                            .named("k"),
                                    fixed(3).named("k"));
                    case DATE -> List.of(int32().as(dateType()).named("k"));
                    case TIME ->
                            List.of(
                                    int32().as(timeType(true, TimeUnit.MILLIS)).named("k"),
                                    int64().as(timeType(true, TimeUnit.MICROS)).named("k"),
                                    int64().as(timeType(false, TimeUnit.NANOS)).named("k"));
                    case INSTANT ->
                            List.of(
                                    int64().as(timestampType(true, TimeUnit.MILLIS)).named("k"),
                                    int64().as(timestampType(true, TimeUnit.MICROS)).named("k"),
                                    int64().as(timestampType(true, TimeUnit.NANOS)).named("k"),
                                    Types.optional(PrimitiveTypeName.INT96).named("k"));
                    case LOCAL_TIMESTAMP ->
                            List.of(
                                    int64().as(timestampType(false, TimeUnit.MILLIS)).named("k"),
                                    int64().as(timestampType(false, TimeUnit.MICROS)).named("k"),
                                    int64().as(timestampType(false, TimeUnit.NANOS)).named("k"));
                };
        return types.get(random.nextInt(types.size()));
    }

    private static Types.PrimitiveBuilder<PrimitiveType> int32() {
        return Types.optional(PrimitiveTypeName.INT32);
    }

    private static Types.PrimitiveBuilder<PrimitiveType> int64() {
        return Types.optional(PrimitiveTypeName.INT64);
    }

    private static Types.PrimitiveBuilder<PrimitiveType> fixed(int length) {
        return Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY).length(length);
    }

    private static Object raw(PrimitiveType type, Random random) {
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> random.nextBoolean();
            case INT32 -> (int) number(Integer.MIN_VALUE, Integer.MAX_VALUE, random);
            case INT64 -> number(Long.MIN_VALUE, Long.MAX_VALUE, random);
            case FLOAT -> (float) floating(random);
            case DOUBLE -> floating(random);
            case INT96 -> {
                ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
                bytes.putLong(random.nextInt(4) * 21_600_000_000_000L + random.nextInt(2));
                bytes.putInt(2_440_588 + (int) number(-1_000_000, 1_000_000, random));
                yield Binary.fromConstantByteArray(bytes.array());
            }
            case BINARY -> Binary.fromConstantByteArray(bytes(random.nextInt(12), random));
            case FIXED_LEN_BYTE_ARRAY ->
                    Binary.fromConstantByteArray(bytes(type.getTypeLength(), random));
        };
    }

    private static long number(long least, long greatest, Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> least + random.nextInt(3);
            case 1 -> greatest - random.nextInt(3);
            case 2 -> random.nextInt(5) * 1_000_000L % greatest;
            case 3 -> Math.max(least, Math.min(greatest, random.nextLong()));
            default -> random.nextInt(-4, 5);
        };
    }

    private static double floating(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextInt(-3, 4) * 0.5;
            case 2 -> random.nextBoolean() ? Double.NaN : Double.POSITIVE_INFINITY;
            case 3 -> random.nextBoolean() ? -0.0 : Double.NEGATIVE_INFINITY;
            default -> random.nextGaussian();
        };
    }

    private static byte[] bytes(int length, Random random) {
        byte[] bytes = new byte[length];
        int first = random.nextBoolean() ? 0 : Math.max(0, length - 2);
        byte fill = (byte) (random.nextBoolean() ? 0 : -1);
        Arrays.fill(bytes, fill);
        for (int i = first; i < length; i++) {
            bytes[i] =
                    (byte)
                            switch (random.nextInt(4)) {
                                case 0 -> 0;
                                case 1 -> -1;
                                case 2 -> 'a' + random.nextInt(3);
                                default -> random.nextInt();
                            };
        }
        return bytes;
    }

    private static Comparable<?> meaning(PrimitiveType type, Object raw) {
        return PlainValue.key(PlainValue.of(type, raw));
    }
}
