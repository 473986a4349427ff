package dev.whence.cli.load;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Bytes that should be UTF-8, as text for JSON. A byte that is not becomes the lone surrogate
 * {@code U+DC80 … U+DCFF} that ends with it, as Python's {@code surrogateescape} has it (PEP 383):
 * it has an escape in JSON but no UTF-8, so ingest counts the URL as {@code not-utf8}. The usual
 * replacement character would make another, valid URL of it.
 */
final class JsonText {
    private static final int LONE_SURROGATES = 0xdc00;

    private JsonText() {}

    static String of(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] < 0) {
                return decode(ByteBuffer.wrap(bytes, from, to - from));
            }
        }
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static String decode(ByteBuffer bytes) {
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        CoderResult result = utf8.decode(bytes, text, true);
        while (result.isError()) {
            for (int octet = result.length(); octet > 0; octet--) {
                text.put((char) (LONE_SURROGATES | (bytes.get() & 0xff)));
            }
            result = utf8.decode(bytes, text, true);
        }
        return text.flip().toString();
    }
}
