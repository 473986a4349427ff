package dev.whence.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.url.UrlCanonicalizer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8TextTest {
    private final Utf8Text text = new Utf8Text();

    private boolean encode(String chars) {
        char[] padded = ("x" + chars + "\udc00").toCharArray();
        return text.encode(padded, 1, chars.length());
    }

    private byte[] encoded() {
        return Arrays.copyOf(text.bytes(), text.length());
    }

    @Test
    void encodesEveryCodePointAsJavaDoes() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                String chars = Character.toString(point);
                if (!encode(chars)
                        || !Arrays.equals(encoded(), chars.getBytes(StandardCharsets.UTF_8))) {
                    throw new AssertionError("code point %x".formatted(point));
                }
            }
        }
    }

    @Test
    void encodesRandomTextsAsJavaDoes() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("Utf8TextTest: -Dseed=" + seed);
        var random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            var chars = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                chars.append(random.nextBoolean() ? 'a' : (char) random.nextInt(0x10000));
            }
            boolean whole = StandardCharsets.UTF_8.newEncoder().canEncode(chars);
            assertThat(encode(chars.toString())).isEqualTo(whole);
            if (whole) {
                assertThat(encoded()).isEqualTo(chars.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void stopsAtHalfASurrogatePairWithWhatCameBefore() {
        assertThat(encode("ab\ud800c")).isFalse();
        assertThat(encoded()).asString(StandardCharsets.UTF_8).isEqualTo("ab");
        assertThat(encode("\udc00")).isFalse();
        assertThat(text.length()).isZero();
        // The other half stands behind the text and is none of its chars.
        assertThat(encode("é\ud800")).isFalse();
        assertThat(encoded()).asString(StandardCharsets.UTF_8).isEqualTo("é");
    }

    @Test
    void hasRoomForTheLongestText() {
        String longest = "\uffff".repeat(UrlCanonicalizer.MAX_INPUT_BYTES);
        assertThat(encode(longest)).isTrue();
        assertThat(text.length()).isEqualTo(3 * UrlCanonicalizer.MAX_INPUT_BYTES);
    }
}
