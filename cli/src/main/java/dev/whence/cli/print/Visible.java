package dev.whence.cli.print;

/**
 * Texts of others without the characters that a terminal obeys or that turn its lines around: each
 * stands as {@code \}{@code uXXXX}. Within a string of JSON that is the same string again, so that
 * JSON may go through here, too.
 */
public final class Visible {
    private static final char DELETE = 0x7f;
    private static final char LAST_CONTROL = 0x9f;

    private Visible() {}

    /** A text that stands on one line. */
    public static String of(String text) {
        return escaped(text, "");
    }

    /** A document that has lines of its own, which end as in Unix or in Windows. */
    static String ofLines(String text) {
        return escaped(text, "\t\n");
    }

    private static String escaped(String text, String kept) {
        int first = 0;
        while (first < text.length() && isPlain(text, first, kept)) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        var escaped = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int at = first; at < text.length(); at++) {
            char character = text.charAt(at);
            if (isPlain(text, at, kept)) {
                escaped.append(character);
            } else {
                escaped.append("\\u%04x".formatted((int) character));
            }
        }
        return escaped.toString();
    }

    private static boolean isPlain(String text, int at, String kept) {
        char character = text.charAt(at);
        if (character < DELETE) {
            return character >= ' '
                    || kept.indexOf(character) >= 0
                    || (character == '\r' && isEndOfLine(text, at + 1, kept));
        }
        return character > LAST_CONTROL && !turnsLines(character) && !isHalf(text, at);
    }

    private static boolean isEndOfLine(String text, int at, String kept) {
        return at < text.length() && text.charAt(at) == '\n' && kept.indexOf('\n') >= 0;
    }

    /** Line and paragraph separators, and what Unicode's annex 9 has to change directions. */
    private static boolean turnsLines(char character) {
        return character == 0x061c
                || character == 0x200e
                || character == 0x200f
                || (character >= 0x2028 && character <= 0x202e)
                || (character >= 0x2066 && character <= 0x2069);
    }

    /** A surrogate without its other half, which UTF-8 cannot hold. */
    private static boolean isHalf(String text, int at) {
        char character = text.charAt(at);
        if (Character.isHighSurrogate(character)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(character)
                && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
