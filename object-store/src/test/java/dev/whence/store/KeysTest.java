package dev.whence.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class KeysTest {

    @Test
    void ordersKeysAsTheirUtf8Bytes() {
        long seed = Long.getLong("seed", 20_260_101L);
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            String left = anyKey(random);
            String right = anyKey(random);
            int expected =
                    Arrays.compareUnsigned(
                            left.getBytes(StandardCharsets.UTF_8),
                            right.getBytes(StandardCharsets.UTF_8));
            assertThat(Integer.signum(Keys.ORDER.compare(left, right)))
                    .as("%s and %s", left, right)
                    .isEqualTo(Integer.signum(expected));
        }
    }

    private static String anyKey(Random random) {
        int[] alphabet = {'a', 'b', '/', 0xe9, 0x65e5, 0xd7ff, 0xe000, 0xfffd, 0x1f98a, 0x10000};
        StringBuilder key = new StringBuilder();
        int length = random.nextInt(4);
        for (int at = 0; at < length; at++) {
            key.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
        return key.toString();
    }
}
