package dev.whence.merge.key;

import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.merge.MergeRefusedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeyColumnTest {
    private static final long SEED = Long.getLong("seed", 11);

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void bytesOrderAsTheValuesDoWhicheverTypesHoldThem(KeyKind kind) {
        Random random = new Random(SEED);
        for (int round = 0; round < 8_000; round++) {
            TypedValue one = TypedValue.random(kind, random);
            TypedValue other = TypedValue.random(kind, random);
            int expected = one.compareTo(other);
            int found = Arrays.compareUnsigned(one.encoded(), other.encoded());
            assertThat(Integer.signum(found))
                    .as("seed %d: %s with %s", SEED, one, other)
                    .isEqualTo(Integer.signum(expected));
        }
    }

    @Test
    void compositesAreEqualOnlyIfEachComponentIs() {
        Random random = new Random(SEED);
        for (int round = 0; round < 20_000; round++) {
            List<TypedValue> one = composite(random);
            List<TypedValue> other = composite(random);
            boolean equal = one.size() == other.size();
            for (int i = 0; equal && i < one.size(); i++) {
                equal =
                        one.get(i).column().kind() == other.get(i).column().kind()
                                && one.get(i).compareTo(other.get(i)) == 0;
            }
            boolean sameKinds =
                    one.stream()
                            .map(value -> value.column().kind())
                            .toList()
                            .equals(other.stream().map(value -> value.column().kind()).toList());
            if (sameKinds) {
                assertThat(Arrays.equals(concatenated(one), concatenated(other)))
                        .as("seed %d: %s with %s", SEED, one, other)
                        .isEqualTo(equal);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void noComponentBeginsAnother(KeyKind kind) {
        Random random = new Random(SEED);
        for (int round = 0; round < 20_000; round++) {
            byte[] one = TypedValue.random(kind, random).encoded();
            byte[] other = TypedValue.random(kind, random).encoded();
            int mismatch = Arrays.mismatch(one, other);
            assertThat(mismatch).isLessThan(Math.min(one.length, other.length));
        }
    }

    @Test
    void stringsThatHoldASeparatorDoNotCollide() {
        KeyColumn text = KeyColumn.ofText("a");
        assertThat(pair(text, "a\0", "b")).isNotEqualTo(pair(text, "a", "\0b"));
        assertThat(pair(text, "", "ab")).isNotEqualTo(pair(text, "ab", ""));
        assertThat(pair(text, "a", null)).isNotEqualTo(pair(text, "a", ""));
    }

    @Test
    void binariesOfEveryMakingAreEqual() {
        KeyColumn text = KeyColumn.ofText("a");
        byte[] bytes = "some, \0 \0\0 thing that is longer\0".getBytes();
        byte[] padded = new byte[bytes.length + 20];
        System.arraycopy(bytes, 0, padded, 7, bytes.length);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        KeyBuffer expected = new KeyBuffer();
        text.encodeBinary(Binary.fromConstantByteArray(bytes), expected);
        for (Binary binary :
                List.of(
                        Binary.fromReusedByteArray(padded, 7, bytes.length),
                        Binary.fromConstantByteBuffer(ByteBuffer.wrap(padded, 7, bytes.length)),
                        Binary.fromConstantByteBuffer(direct),
                        Binary.fromString(new String(bytes)))) {
            KeyBuffer found = new KeyBuffer();
            text.encodeBinary(binary, found);
            assertThat(found.copy()).isEqualTo(expected.copy());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INTEGER, 007, 7",
        "INTEGER, -9223372036854775808, -9223372036854775808",
        "INTEGER, 18446744073709551615, 18446744073709551615",
        "FLOATING, 1.50, 1.5",
        "FLOATING, NaN, nan",
        "FLOATING, -inf, -Infinity",
        "FLOATING, -0.0, 0",
        "DECIMAL, 1.50, 1.5000",
        "DECIMAL, 1e3, 1000",
        "BOOLEAN, True, true",
        "DATE, 2024-02-29, 2024-02-29",
        "TIME, 10:00, 10:00:00.000",
        "INSTANT, 2024-01-01 01:00:00+01:00, 2024-01-01T00:00:00Z",
        "INSTANT, 2024-01-01 00:00:00, 2024-01-01T00:00:00.000000Z",
        "LOCAL_TIMESTAMP, 2024-01-01 00:00:00.5, 2024-01-01T00:00:00.500",
    })
    void partitionTextIsTakenByValue(KeyKind kind, String one, String other) {
        KeyColumn column = TypedValue.random(kind, new Random(SEED)).column();
        assertThat(text(column, one)).isEqualTo(text(column, other));
    }

    @ParameterizedTest
    @CsvSource({
        "INTEGER, 18446744073709551616",
        "INTEGER, -9223372036854775809",
        "INTEGER, 1.0",
        "FLOATING, x",
        "DECIMAL, 1e2147483647",
        "BOOLEAN, 1",
        "DATE, 2024-13-01",
        "INSTANT, yesterday"
    })
    void partitionTextOfNoSuchKindIsRefused(KeyKind kind, String text) {
        KeyColumn column = TypedValue.random(kind, new Random(SEED)).column();
        assertThatThrownBy(() -> text(column, text))
                .isInstanceOf(MergeRefusedException.class)
                .hasMessageContaining(text)
                .hasMessageContaining(column.path());
    }

    @Test
    void partitionTextEqualsTheSameValueOfAFile() {
        KeyColumn column = column(Types.required(PrimitiveTypeName.INT32).named("n"));
        KeyBuffer found = new KeyBuffer();
        column.encodeInt(-7, found);
        assertThat(text(column, "-7")).isEqualTo(found.copy());
        assertThat(text(column, null)).containsExactly(KeyBuffer.NULL);
    }

    @Test
    void kindsThatDoNotCompareAreRefusedByName() {
        KeyColumn number = column(Types.required(PrimitiveTypeName.INT32).named("id"));
        KeyColumn decimal =
                column(
                        Types.optional(PrimitiveTypeName.INT32)
                                .as(decimalType(2, 9))
                                .named("cents"));
        assertThatThrownBy(() -> number.checkComparable(decimal))
                .isInstanceOf(MergeRefusedException.class)
                .hasMessageContaining("required int32 id")
                .hasMessageContaining("optional int32 cents (DECIMAL(9,2))");
    }

    @Test
    void aRepeatedColumnIsNoKey() {
        assertThatThrownBy(() -> column(Types.repeated(PrimitiveTypeName.INT32).named("ids")))
                .isInstanceOf(MergeRefusedException.class)
                .hasMessageContaining("ids is repeated");
    }

    @Test
    void aKeyWithoutMeasureIsRefused() {
        KeyColumn text = KeyColumn.ofText("a");
        Binary long64 = Binary.fromConstantByteArray(new byte[40 << 20]);
        assertThatThrownBy(() -> text.encodeBinary(long64, new KeyBuffer()))
                .isInstanceOf(MergeRefusedException.class)
                .hasMessageContaining("longer than");
        KeyColumn decimal =
                column(
                        Types.required(PrimitiveTypeName.BINARY)
                                .as(decimalType(2, 9))
                                .named("cents"));
        assertThatThrownBy(() -> decimal.encodeBinary(long64, new KeyBuffer()))
                .isInstanceOf(MergeRefusedException.class)
                .hasMessageContaining("decimal of");
    }

    static KeyColumn column(PrimitiveType type) {
        MessageType schema = new MessageType("m", type);
        return KeyColumn.of(schema.getColumns().getFirst());
    }

    static byte[] text(KeyColumn column, String text) {
        KeyBuffer into = new KeyBuffer();
        column.encodeText(text, into);
        return into.copy();
    }

    private static byte[] pair(KeyColumn column, String one, String other) {
        KeyBuffer into = new KeyBuffer();
        column.encodeText(one, into);
        column.encodeText(other, into);
        return into.copy();
    }

    private static List<TypedValue> composite(Random random) {
        List<TypedValue> values = new ArrayList<>();
        KeyKind[] kinds = {KeyKind.BYTES, KeyKind.BYTES, KeyKind.DECIMAL};
        for (KeyKind kind : kinds) {
            values.add(TypedValue.small(kind, random));
        }
        return values;
    }

    private static byte[] concatenated(List<TypedValue> values) {
        KeyBuffer into = new KeyBuffer();
        for (TypedValue value : values) {
            into.append(value.encoded());
        }
        return into.copy();
    }
}
