package dev.whence.source;

import java.io.IOException;
import java.io.Reader;

/**
 * JSON whose strings and names are not longer than a bound: what stands behind it in one is left
 * out. A parser that holds a string at once so holds little of a long one.
 */
final class ShortStrings extends Reader {
    /** An escape counts as the one that it stands for. */
    static final int MOST_CHARS = 1 << 18;

    private static final int HEX_DIGITS = 4;

    private final Reader json;
    private boolean inString;
    private boolean behindBackslash;
    private int hexDigitsLeft;
    private int length;
    private boolean keeps;

    ShortStrings(Reader json) {
        this.json = json;
    }

    @Override
    public int read(char[] target, int from, int most) throws IOException {
        while (true) {
            int read = json.read(target, from, most);
            if (read <= 0) {
                return read;
            }
            int kept = from;
            for (int at = from; at < from + read; at++) {
                if (isKept(target[at])) {
                    target[kept++] = target[at];
                }
            }
            if (kept > from) {
                return kept - from;
            }
        }
    }

    @Override
    public void close() throws IOException {
        json.close();
    }

    private boolean isKept(char unit) {
        if (!inString) {
            inString = unit == '"';
            length = 0;
            return true;
        }
        if (behindBackslash) {
            behindBackslash = false;
            hexDigitsLeft = unit == 'u' ? HEX_DIGITS : 0;
            return keeps;
        }
        if (hexDigitsLeft > 0) {
            hexDigitsLeft--;
            return keeps;
        }
        if (unit == '"') {
            inString = false;
            return true;
        }
        behindBackslash = unit == '\\';
        keeps = length++ < MOST_CHARS;
        return keeps;
    }
}
