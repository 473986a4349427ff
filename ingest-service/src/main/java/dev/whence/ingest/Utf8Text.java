package dev.whence.ingest;

import dev.whence.url.UrlCanonicalizer;

/**
 * The UTF-8 of a text of chars, in a buffer that is used again: the canonicalizer takes bytes, the
 * JSON parser gives chars, and a string between them would be the only garbage of a batch.
 */
final class Utf8Text {
    private static final int MAX_BYTES_PER_CHAR = 3;

    private final byte[] bytes = new byte[MAX_BYTES_PER_CHAR * UrlCanonicalizer.MAX_INPUT_BYTES];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /**
     * Encodes at most {@link UrlCanonicalizer#MAX_INPUT_BYTES} chars.
     *
     * @return false at a surrogate without its other half; what came before it is there
     */
    boolean encode(char[] chars, int from, int count) {
        int at = 0;
        int end = from + count;
        for (int i = from; i < end; i++) {
            char c = chars[i];
            if (c < 0x80) {
                bytes[at++] = (byte) c;
            } else if (c < 0x800) {
                bytes[at++] = (byte) (0xC0 | (c >> 6));
                bytes[at++] = continuation(c);
            } else if (!Character.isSurrogate(c)) {
                bytes[at++] = (byte) (0xE0 | (c >> 12));
                bytes[at++] = continuation(c >> 6);
                bytes[at++] = continuation(c);
            } else if (i + 1 < end && Character.isSurrogatePair(c, chars[i + 1])) {
                int point = Character.toCodePoint(c, chars[++i]);
                bytes[at++] = (byte) (0xF0 | (point >> 18));
                bytes[at++] = continuation(point >> 12);
                bytes[at++] = continuation(point >> 6);
                bytes[at++] = continuation(point);
            } else {
                length = at;
                return false;
            }
        }
        length = at;
        return true;
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }
}
