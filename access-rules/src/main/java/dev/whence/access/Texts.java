package dev.whence.access;

import java.util.regex.Pattern;

/** The forms of the short texts in the rules. */
final class Texts {
    /** Longest reason, and longest name of whoever changes the rules, in characters. */
    static final int MAX_LENGTH = 1_000;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private Texts() {}

    /** A name that can stand in headers, tags and logs. */
    static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a principal's name is 1 to 63 letters a to z, digits and dashes and begins"
                            + " with no dash; '%s' is not".formatted(shown(name)));
        }
        return name;
    }

    /** 256 bits in lower-case hex. */
    static String requireHex(String what, String text) {
        if (!HASH.matcher(text).matches()) {
            throw new IllegalArgumentException(what + " is 64 lower-case hex digits");
        }
        return text;
    }

    /** A text of people for people, in one line. */
    static String requireLine(String what, String text, int least) {
        if (text.strip().length() < least
                || text.length() > MAX_LENGTH
                || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "%s has %d to %d characters and no line breaks"
                            .formatted(what, least, MAX_LENGTH));
        }
        return text;
    }

    /** What was typed, short enough to be repeated and without control characters. */
    static String shown(String text) {
        String cut = text.length() <= 100 ? text : text.substring(0, 100) + "…";
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
