package dev.whence.url;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * XXH3-64 fingerprints of URLs and domains, and their text form of 16 lower-case hex digits
 * (JavaScript cannot hold 64 bits in a number). Stateless and thread-safe.
 */
public final class Fingerprint {
    private static final Hasher64 XXH3 = Hashing.xxh3_64();
    private static final int HEX_DIGITS = 16;

    private Fingerprint() {}

    /** XXH3-64, with the seed 0, of {@code bytes[offset, offset + length)}. */
    public static long of(byte[] bytes, int offset, int length) {
        return XXH3.hashBytesToLong(bytes, offset, length);
    }

    /** XXH3-64, with the seed 0, of an ASCII string's bytes. */
    public static long of(String ascii) {
        byte[] bytes = ascii.getBytes(StandardCharsets.UTF_8);
        return of(bytes, 0, bytes.length);
    }

    /** 16 lower-case hex digits. */
    public static String hex(long fingerprint) {
        return HexFormat.of().toHexDigits(fingerprint);
    }

    /**
     * The fingerprint that 16 hex digits write.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static long parseHex(String digits) {
        if (digits.length() != HEX_DIGITS) {
            throw new IllegalArgumentException(
                    "a fingerprint is 16 hex digits, these are " + digits.length());
        }
        return HexFormat.fromHexDigitsToLong(digits);
    }
}
