package dev.whence.access;

import java.time.Instant;

/**
 * The rules as one object of the chain: the whole state, and who made it so. See {@code
 * docs/format/access.md}. Immutable.
 *
 * @param number its number in the chain, from 1
 * @param by who changed what was before
 * @param reason why, for people; may be empty
 * @param change what was changed, in a line
 * @param cursorSecret 256 bits in hex, made with the first rules and never changed: what the marks
 *     by which readers go on in lists are sealed with
 */
public record AccessRules(
        int format,
        long number,
        Instant at,
        String by,
        String reason,
        String change,
        String cursorSecret,
        AccessState state) {
    /**
     * Grows with every field that is added, even one that an older reader could do without: whoever
     * writes the next state copies what it knows of the one before.
     */
    public static final int FORMAT = 1;

    public AccessRules {
        if (number < 1) {
            throw new IllegalArgumentException("rules are counted from 1, not " + number);
        }
        Texts.requireLine("who changes the rules", by, 1);
        Texts.requireLine("the reason of a change", reason, 0);
        Texts.requireHex("the secret of cursors", cursorSecret);
    }

    /** Without what is secret: it may come into a log. */
    @Override
    public String toString() {
        return "access rules %d of %s".formatted(number, at);
    }
}
