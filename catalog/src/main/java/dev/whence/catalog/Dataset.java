package dev.whence.catalog;

import java.time.Instant;

/**
 * A named set of URLs.
 *
 * @param id u32, stable for ever
 * @param spread whether its batches may come under any key and in any order; it then takes only
 *     append and insert
 */
public record Dataset(int format, int id, String name, boolean spread, Instant createdAt) {
    /** Longest name, in characters. */
    public static final int MAX_NAME_LENGTH = 200;

    /**
     * The name itself, if it may be one: 1 to {@value #MAX_NAME_LENGTH} characters, none of them a
     * control character, no white space at either end.
     *
     * @throws IllegalArgumentException if not, saying why
     */
    public static String requireName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "a dataset's name has 1 to "
                            + MAX_NAME_LENGTH
                            + " characters, not "
                            + name.length());
        }
        if (!name.strip().equals(name)) {
            throw new IllegalArgumentException(
                    "a dataset's name begins and ends with no white space");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a dataset's name holds no control characters");
        }
        return name;
    }
}
