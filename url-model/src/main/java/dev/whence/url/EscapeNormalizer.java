package dev.whence.url;

/**
 * Writes a part of a URL with its escapes in canonical form: hex digits in upper case, unreserved
 * characters plain (RFC 3986, section 6.2.2), and escaped what the part's percent-encode set
 * demands. A percent sign that begins no escape stays as it is, as in the URL Standard.
 *
 * <p>One pass reaches the fixed point. An escape that is decoded can form a new one only together
 * with a broken one before it: {@code %4%31} would become {@code %41}, and the next pass would make
 * {@code A} of that. Such a digit therefore stays escaped, which also keeps the meaning.
 */
final class EscapeNormalizer {
    /** What one byte of input can grow to. */
    static final int LONGEST_ESCAPE = 3;

    private EscapeNormalizer() {}

    /** Appends {@code text[from, to)}; the caller has reserved three bytes for each of these. */
    static void append(ParsedUrl url, byte[] text, int from, int to, boolean[] escaped) {
        for (int at = from; at < to; at++) {
            byte b = text[at];
            int value = Ascii.escapedByte(text, at, to);
            if (value >= 0) {
                if (Ascii.UNRESERVED[value] && !completesBrokenEscape(url, (byte) value)) {
                    url.append(value);
                } else {
                    appendEscape(url, value);
                }
                at += 2;
            } else if (escaped[b & 0xFF]) {
                appendEscape(url, b);
            } else {
                url.append(b);
            }
        }
    }

    private static void appendEscape(ParsedUrl url, int value) {
        url.append('%');
        url.append(Ascii.hexDigit(value >> 4));
        url.append(Ascii.hexDigit(value));
    }

    /**
     * A whole escape ends in two digits, so a percent sign in one of the last two places is a
     * broken one. There are always two bytes before: a scheme at least.
     */
    private static boolean completesBrokenEscape(ParsedUrl url, byte b) {
        if (Ascii.hexValue(b) < 0) {
            return false;
        }
        byte last = url.bytes[url.length - 1];
        return last == '%' || (url.bytes[url.length - 2] == '%' && Ascii.hexValue(last) >= 0);
    }
}
