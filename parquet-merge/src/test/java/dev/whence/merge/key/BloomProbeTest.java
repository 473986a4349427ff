package dev.whence.merge.key;

import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.float16Type;
import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BloomProbeTest {
    private static final long SEED = Long.getLong("seed", 14);

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void findsEveryEqualValueOfAnotherType(KeyKind kind) {
        Random random = new Random(SEED);
        for (int round = 0; round < 5_000; round++) {
            TypedValue held = TypedValue.random(kind, random);
            TypedValue asked = TypedValue.random(kind, random);
            if (held.raw() != null && held.compareTo(asked) == 0) {
                assertThat(new BloomProbe(held.column()).mayHold(filter(held), asked.encoded()))
                        .as("seed %d: %s in a file with %s", SEED, asked, held)
                        .isTrue();
            }
        }
    }

    @Test
    void aValueThatTheTypeCannotHoldIsNotThere() {
        KeyColumn int64 = required(PrimitiveTypeName.INT64);
        KeyColumn int32 = required(PrimitiveTypeName.INT32);
        BloomFilter all = everything();
        assertThat(holds(int32, all, int64, 1L << 32)).isFalse();
        assertThat(holds(int32, all, int64, 7L)).isTrue();
        KeyColumn unsigned =
                KeyColumnTest.column(
                        Types.required(PrimitiveTypeName.INT32).as(intType(32, false)).named("k"));
        assertThat(holds(unsigned, all, int64, -1L)).isFalse();
        assertThat(holds(unsigned, all, int64, 0xFFFFFFFFL)).isTrue();
        KeyColumn floats = required(PrimitiveTypeName.FLOAT);
        KeyColumn doubles = required(PrimitiveTypeName.DOUBLE);
        assertThat(holds(floats, all, doubles, 0.1)).isFalse();
        assertThat(holds(floats, all, doubles, 0.5)).isTrue();
        KeyColumn halves = fixed(2, float16Type());
        assertThat(holds(halves, all, doubles, 65_536.0)).isFalse();
        KeyColumn millis =
                KeyColumnTest.column(
                        Types.required(PrimitiveTypeName.INT64)
                                .as(timestampType(true, TimeUnit.MILLIS))
                                .named("k"));
        KeyColumn micros =
                KeyColumnTest.column(
                        Types.required(PrimitiveTypeName.INT64)
                                .as(timestampType(true, TimeUnit.MICROS))
                                .named("k"));
        assertThat(holds(millis, all, micros, 1_001L)).isFalse();
        assertThat(holds(millis, all, micros, 1_000L)).isTrue();
        KeyColumn cents = fixed(4, decimalType(2, 9));
        KeyColumn tenths = fixed(16, decimalType(10, 38));
        byte[] fine = new byte[16];
        fine[15] = 1;
        assertThat(holds(cents, all, tenths, Binary.fromConstantByteArray(fine))).isFalse();
        KeyColumn three = fixed(3, null);
        KeyColumn text = KeyColumn.ofText("t");
        assertThat(holds(three, all, text, Binary.fromString("four"))).isFalse();
        assertThat(holds(three, all, text, Binary.fromString("3\0x"))).isTrue();
    }

    @Test
    void zerosAreOneNaNAndNullAreAlwaysPossible() {
        KeyColumn floats = required(PrimitiveTypeName.FLOAT);
        KeyColumn doubles = required(PrimitiveTypeName.DOUBLE);
        BloomFilter zero = new BlockSplitBloomFilter(32);
        zero.insertHash(zero.hash(-0.0f));
        assertThat(holds(floats, zero, doubles, 0.0)).isTrue();
        BloomFilter none = new BlockSplitBloomFilter(32);
        assertThat(holds(floats, none, doubles, 0.0)).isFalse();
        assertThat(holds(floats, none, doubles, Double.NaN)).isTrue();
        assertThat(new BloomProbe(floats).mayHold(none, new byte[] {KeyBuffer.NULL})).isTrue();
    }

    private static boolean holds(
            KeyColumn file, BloomFilter filter, KeyColumn source, Object value) {
        return new BloomProbe(file).mayHold(filter, TypedValue.of(source, value).encoded());
    }

    private static KeyColumn required(PrimitiveTypeName type) {
        return KeyColumnTest.column(Types.required(type).named("k"));
    }

    private static KeyColumn fixed(int length, LogicalTypeAnnotation logical) {
        PrimitiveType type =
                Types.required(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                        .length(length)
                        .as(logical)
                        .named("k");
        return KeyColumnTest.column(type);
    }

    private static BloomFilter everything() {
        byte[] ones = new byte[32];
        Arrays.fill(ones, (byte) -1);
        return new BlockSplitBloomFilter(ones);
    }

    private static BloomFilter filter(TypedValue held) {
        BloomFilter filter = new BlockSplitBloomFilter(32);
        filter.insertHash(
                switch (held.raw()) {
                    case Integer number -> filter.hash((int) number);
                    case Long number -> filter.hash((long) number);
                    case Float number -> filter.hash((float) number);
                    case Double number -> filter.hash((double) number);
                    case Binary bytes -> filter.hash(bytes);
                    default -> 0;
                });
        return filter;
    }
}
