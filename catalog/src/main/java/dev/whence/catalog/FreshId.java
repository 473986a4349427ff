package dev.whence.catalog;

import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * Ids that nobody else makes: ULIDs (48 bits of milliseconds, 80 random bits, 26 characters of
 * Crockford's base 32, so that later ids sort after earlier ones). Thread-safe if the generator is.
 */
public final class FreshId {
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

    private final Clock clock;
    private final RandomGenerator random;

    public FreshId(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public String next() {
        char[] text = new char[26];
        encode(clock.millis(), text, 0, 10);
        encode(random.nextLong(), text, 10, 18);
        encode(random.nextLong(), text, 18, 26);
        return new String(text);
    }

    /** Writes the low 5 bits for each character, the last character first. */
    private static void encode(long bits, char[] text, int from, int to) {
        for (int at = to - 1; at >= from; at--) {
            text[at] = DIGITS.charAt((int) bits & 31);
            bits >>>= 5;
        }
    }
}
