package dev.whence.url;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * IPv6 addresses as the URL Standard reads and writes them: eight pieces of 16 bits, one run of
 * zeros as {@code ::}, the last two pieces perhaps as an IPv4 address in plain decimals; no zone.
 */
final class Ipv6Address {
    private static final int PIECES = 8;

    private final String text;
    private final int[] pieces = new int[PIECES];
    private int at;

    private Ipv6Address(String text) {
        this.text = text;
    }

    /**
     * The address in lower case with its first longest run of zeros compressed (RFC 5952, but never
     * with decimals); null if the text, which stands without brackets, is not one.
     */
    static @Nullable String canonical(String text) {
        Ipv6Address address = new Ipv6Address(text);
        return address.parse() ? address.serialize() : null;
    }

    private boolean parse() {
        int count = 0;
        int compressAt = -1;
        if (text.startsWith("::")) {
            at = 2;
            compressAt = 0;
        } else if (text.startsWith(":")) {
            return false;
        }
        while (at < text.length()) {
            if (count == PIECES) {
                return false;
            }
            if (text.charAt(at) == ':') {
                if (compressAt >= 0) {
                    return false;
                }
                at++;
                compressAt = count;
                continue;
            }
            int start = at;
            int piece = 0;
            while (at < text.length() && at < start + 4 && digit(16) >= 0) {
                piece = piece << 4 | digit(16);
                at++;
            }
            if (at < text.length() && text.charAt(at) == '.') {
                at = start;
                if (count > PIECES - 2 || !parseDecimals(count)) {
                    return false;
                }
                count += 2;
                break;
            }
            if (at < text.length()) {
                // A colon, and something behind it; four digits or none are followed by it too.
                if (text.charAt(at) != ':' || ++at == text.length()) {
                    return false;
                }
            }
            pieces[count++] = piece;
        }
        return expand(count, compressAt);
    }

    /** The rest of the text as four decimals in two pieces. */
    private boolean parseDecimals(int piece) {
        for (int part = 0; part < 4; part++) {
            if (part > 0 && (at == text.length() || text.charAt(at++) != '.')) {
                return false;
            }
            int start = at;
            int value = 0;
            while (at < text.length() && digit(10) >= 0) {
                boolean leadingZero = at > start && value == 0;
                value = value * 10 + digit(10);
                if (leadingZero || value > 255) {
                    return false;
                }
                at++;
            }
            if (at == start) {
                return false;
            }
            pieces[piece + part / 2] = pieces[piece + part / 2] << 8 | value;
        }
        return at == text.length();
    }

    private int digit(int radix) {
        char c = text.charAt(at);
        return c < 0x80 ? Character.digit(c, radix) : -1;
    }

    /** Moves what stands behind the compression to the end. */
    private boolean expand(int count, int compressAt) {
        if (compressAt < 0) {
            return count == PIECES;
        }
        int tail = count - compressAt;
        System.arraycopy(pieces, compressAt, pieces, PIECES - tail, tail);
        Arrays.fill(pieces, compressAt, PIECES - tail, 0);
        return true;
    }

    private String serialize() {
        int runStart = -1;
        int runLength = 1;
        for (int i = 0; i < PIECES; i++) {
            int end = i;
            while (end < PIECES && pieces[end] == 0) {
                end++;
            }
            if (end - i > runLength) {
                runStart = i;
                runLength = end - i;
            }
        }
        StringBuilder out = new StringBuilder(39);
        for (int i = 0; i < PIECES; i++) {
            if (i == runStart) {
                out.append(i == 0 ? "::" : ":");
                i += runLength - 1;
                continue;
            }
            out.append(Integer.toHexString(pieces[i]));
            if (i < PIECES - 1) {
                out.append(':');
            }
        }
        return out.toString();
    }
}
