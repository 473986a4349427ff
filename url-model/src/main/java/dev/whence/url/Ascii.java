package dev.whence.url;

/**
 * The classes of bytes that the URL Standard and RFC 3986 speak of, as tables over all 256 values.
 * Bytes from 0x80 on are parts of UTF-8 sequences: they are always escaped, and never part of a
 * host.
 */
final class Ascii {
    /** The path percent-encode set (URL Standard, section 1.3). */
    static final boolean[] ESCAPED_IN_PATH = escaped(" \"#<>?^`{}");

    /** The special-query percent-encode set. */
    static final boolean[] ESCAPED_IN_QUERY = escaped(" \"#<>'");

    /** The forbidden domain code points, and what is not ASCII. */
    static final boolean[] FORBIDDEN_IN_HOST = escaped(" #/:<>?@[\\]^|%");

    /** RFC 3986, section 2.3: what means the same escaped and plain. */
    static final boolean[] UNRESERVED = unreserved();

    private static final byte[] HEX_VALUE = hexValues();
    private static final byte[] HEX_DIGIT = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
    };

    private Ascii() {}

    static boolean isLetter(byte b) {
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** A backslash is a slash, as in every special URL. */
    static boolean isSlash(byte b) {
        return b == '/' || b == '\\';
    }

    /** A character of a scheme after its first, which is a letter. */
    static boolean isSchemePart(byte b) {
        return isLetter(b) || isDigit(b) || b == '+' || b == '-' || b == '.';
    }

    static byte toLowerCase(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
    }

    /** The value of a hex digit, -1 for any other byte. */
    static int hexValue(byte b) {
        return HEX_VALUE[b & 0xFF];
    }

    /** The upper-case hex digit of the low four bits. */
    static byte hexDigit(int value) {
        return HEX_DIGIT[value & 0xF];
    }

    /**
     * The byte that the escape at {@code bytes[at]} stands for, 0 to 255; -1 if no percent sign
     * with two hex digits begins there.
     */
    static int escapedByte(byte[] bytes, int at, int to) {
        if (bytes[at] != '%' || to - at < 3) {
            return -1;
        }
        // A digit that is none has all bits set, so the result is negative if either is none.
        return hexValue(bytes[at + 1]) << 4 | hexValue(bytes[at + 2]);
    }

    private static boolean[] escaped(String besidesControls) {
        boolean[] set = new boolean[256];
        for (int b = 0; b < set.length; b++) {
            set[b] = b < 0x20 || b > 0x7E || besidesControls.indexOf(b) >= 0;
        }
        return set;
    }

    private static boolean[] unreserved() {
        boolean[] set = new boolean[256];
        for (int b = 0; b < 0x80; b++) {
            set[b] = isLetter((byte) b) || isDigit((byte) b) || "-._~".indexOf(b) >= 0;
        }
        return set;
    }

    private static byte[] hexValues() {
        byte[] values = new byte[256];
        for (int b = 0; b < values.length; b++) {
            values[b] = (byte) (b < 0x80 ? Character.digit(b, 16) : -1);
        }
        return values;
    }
}
