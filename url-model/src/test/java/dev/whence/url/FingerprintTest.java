package dev.whence.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
    @Test
    void isXxh3WithSeedZero() {
        assertThat(Fingerprint.hex(Fingerprint.of(""))).isEqualTo("2d06800538d394c2");
    }

    @Test
    void ofAStringIsThatOfItsBytes() {
        byte[] bytes = "..example.com.".getBytes(StandardCharsets.US_ASCII);
        assertThat(Fingerprint.of("example.com")).isEqualTo(Fingerprint.of(bytes, 2, 11));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, 0x0123456789ABCDEFL})
    void readsTheHexDigitsThatItWrites(long fingerprint) {
        String digits = Fingerprint.hex(fingerprint);
        assertThat(digits).matches("[0-9a-f]{16}");
        assertThat(Fingerprint.parseHex(digits)).isEqualTo(fingerprint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "0123456789abcde", "0123456789abcdeg", "00123456789abcdef"})
    void refusesAnythingButSixteenHexDigits(String digits) {
        assertThatThrownBy(() -> Fingerprint.parseHex(digits))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
