package dev.whence.merge.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyFilterTest {
    private static final long SEED = Long.getLong("seed", 21);

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BOOLEAN")
    void neverRulesOutAnEqualValueOfAnotherType(KeyKind kind) {
        Random random = new Random(SEED);
        for (int round = 0; round < 2_000; round++) {
            TypedValue held = TypedValue.small(kind, random);
            TypedValue asked = TypedValue.small(kind, random);
            var filter = new KeyFilter(kind);
            filter.add(held.encoded(), 0, held.encoded().length);
            assertThat(mayHold(filter, held)).as("seed %d: %s", SEED, held).isTrue();
            if (held.compareTo(asked) == 0) {
                assertThat(mayHold(filter, asked))
                        .as("seed %d: %s, held as %s", SEED, asked, held)
                        .isTrue();
            }
        }
    }

    @Test
    void rulesOutMostOfWhatIsNotThere() {
        var filter = new KeyFilter(KeyKind.BYTES);
        KeyColumn column = KeyColumn.ofText("k");
        for (int i = 0; i < 100_000; i++) {
            byte[] encoded = text(column, "held " + i).encoded();
            filter.add(encoded, 0, encoded.length);
        }
        int wrong = 0;
        for (int i = 0; i < 100_000; i++) {
            wrong += mayHold(filter, text(column, "other " + i)) ? 1 : 0;
        }
        assertThat(wrong).isLessThan(2_000);
        assertThat(filter.mayHoldNull()).isFalse();
    }

    private static TypedValue text(KeyColumn column, String text) {
        return TypedValue.of(column, Binary.fromString(text));
    }

    private static boolean mayHold(KeyFilter filter, TypedValue value) {
        if (value.raw() == null) {
            return filter.mayHoldNull();
        }
        byte[] plain = plain(value.raw());
        byte[] around =
                ("<" + new String(plain, StandardCharsets.ISO_8859_1) + ">")
                        .getBytes(StandardCharsets.ISO_8859_1);
        return filter.mayHold(value.column(), around, 1, plain.length, new KeyBuffer());
    }

    private static byte[] plain(Object raw) {
        ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        return switch (raw) {
            case Integer number -> bytes.limit(4).putInt(number).array();
            case Long number -> bytes.putLong(number).array();
            case Float number -> bytes.limit(4).putFloat(number).array();
            case Double number -> bytes.putDouble(number).array();
            case Binary binary -> binary.getBytes();
            default -> throw new IllegalArgumentException(raw.toString());
        };
    }
}
