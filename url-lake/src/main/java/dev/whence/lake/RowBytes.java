package dev.whence.lake;

import dev.whence.url.ParsedUrl;
import dev.whence.url.Scheme;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * A row as bytes, in a chunk of a buffer or in the scratch array of a writer:
 *
 * <pre>
 * int   bytes of the row        char  bytes of the domain
 * int   group                   char  bytes of the host
 * long  url_id                  int   bytes of the key
 * long  ts                      key: domain 0 host 0 path_query 0 scheme
 *                               extras, if any: int count, then int length and UTF-8 of each text
 * </pre>
 *
 * The key compares, byte by byte and unsigned, as {@link UrlRow#ORDER} compares rows: no part holds
 * a zero byte, so a part that is the beginning of another sorts before it. It is the one form in
 * which rows are sorted, compared and written, so the domain stands twice rather than being cut out
 * of the host.
 */
final class RowBytes {
    static final int HEADER_BYTES = 32;
    private static final int KEY_EXTRA_BYTES = 4;
    private static final int LONGEST_PART = Character.MAX_VALUE;

    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);
    private static final VarHandle CHAR = view(char[].class);

    private RowBytes() {}

    private static VarHandle view(Class<?> type) {
        return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.BIG_ENDIAN)
                .withInvokeExactBehavior();
    }

    static int length(byte[] bytes, int row) {
        return (int) INT.get(bytes, row);
    }

    static int group(byte[] bytes, int row) {
        return (int) INT.get(bytes, row + 4);
    }

    static long urlId(byte[] bytes, int row) {
        return (long) LONG.get(bytes, row + 8);
    }

    static long ts(byte[] bytes, int row) {
        return (long) LONG.get(bytes, row + 16);
    }

    static int domainLength(byte[] bytes, int row) {
        return (char) CHAR.get(bytes, row + 24);
    }

    static int hostLength(byte[] bytes, int row) {
        return (char) CHAR.get(bytes, row + 26);
    }

    static int keyLength(byte[] bytes, int row) {
        return (int) INT.get(bytes, row + 28);
    }

    static int key(int row) {
        return row + HEADER_BYTES;
    }

    static int host(byte[] bytes, int row) {
        return key(row) + domainLength(bytes, row) + 1;
    }

    static int path(byte[] bytes, int row) {
        return host(bytes, row) + hostLength(bytes, row) + 1;
    }

    static int pathLength(byte[] bytes, int row) {
        return keyLength(bytes, row)
                - domainLength(bytes, row)
                - hostLength(bytes, row)
                - KEY_EXTRA_BYTES;
    }

    static Scheme scheme(byte[] bytes, int row) {
        return switch (bytes[key(row) + keyLength(bytes, row) - 1]) {
            case 1 -> Scheme.FTP;
            case 2 -> Scheme.HTTP;
            default -> Scheme.HTTPS;
        };
    }

    /** Where the extras begin; the row's end if there are none. */
    static int extras(byte[] bytes, int row) {
        return key(row) + keyLength(bytes, row);
    }

    /** Eight bytes of the key from a depth on, zeros behind its end, to be compared unsigned. */
    static long keyWord(byte[] bytes, int row, int depth) {
        int left = keyLength(bytes, row) - depth;
        int at = key(row) + depth;
        if (left >= 8) {
            return (long) LONG.get(bytes, at);
        }
        long word = 0;
        for (int i = 0; i < left; i++) {
            word |= (bytes[at + i] & 0xffL) << (56 - 8 * i);
        }
        return word;
    }

    /** Compares two keys from a depth on. */
    static int compareKeys(byte[] a, int rowA, byte[] b, int rowB, int depth) {
        return Arrays.compareUnsigned(
                a,
                key(rowA) + depth,
                key(rowA) + keyLength(a, rowA),
                b,
                key(rowB) + depth,
                key(rowB) + keyLength(b, rowB));
    }

    static int encodedLength(ParsedUrl url, byte[][] extras) {
        int domain = url.domainEnd() - url.domainStart();
        return HEADER_BYTES
                + domain
                + url.length()
                - url.hostStart()
                + KEY_EXTRA_BYTES
                + extrasLength(extras);
    }

    static void encode(
            ParsedUrl url, int group, long ts, byte[][] extras, byte[] out, int row, int length) {
        byte[] from = url.bytes();
        int domainLength = url.domainEnd() - url.domainStart();
        int hostLength = url.hostEnd() - url.hostStart();
        int pathLength = url.length() - url.hostEnd();
        header(out, row, length, group, url.urlId(), ts, domainLength, hostLength, pathLength);
        int at = part(from, url.domainStart(), domainLength, out, key(row));
        at = part(from, url.hostStart(), hostLength, out, at);
        at = part(from, url.hostEnd(), pathLength, out, at);
        out[at++] = code(url.scheme());
        putExtras(extras, out, at);
    }

    /** The row in an array of its own. */
    static byte[] encode(UrlRow row) {
        byte[] domain = ascii(row.domain());
        byte[] host = ascii(row.host());
        byte[] path = ascii(row.pathQuery());
        byte[][] extras = texts(row.extras());
        int length =
                HEADER_BYTES
                        + domain.length
                        + host.length
                        + path.length
                        + KEY_EXTRA_BYTES
                        + extrasLength(extras);
        byte[] out = new byte[length];
        header(
                out,
                0,
                length,
                0,
                row.urlId(),
                row.tsMicros(),
                domain.length,
                host.length,
                path.length);
        int at = part(domain, 0, domain.length, out, key(0));
        at = part(host, 0, host.length, out, at);
        at = part(path, 0, path.length, out, at);
        out[at++] = code(row.scheme());
        putExtras(extras, out, at);
        return out;
    }

    /** Keys and values of the extras as UTF-8, alternating; empty for none. */
    static byte[][] texts(Map<String, String> extras) {
        byte[][] texts = new byte[2 * extras.size()][];
        int i = 0;
        for (Map.Entry<String, String> entry : extras.entrySet()) {
            texts[i++] = entry.getKey().getBytes(StandardCharsets.UTF_8);
            texts[i++] = entry.getValue().getBytes(StandardCharsets.UTF_8);
        }
        return texts;
    }

    static int readInt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    private static void header(
            byte[] out,
            int row,
            int length,
            int group,
            long urlId,
            long ts,
            int domainLength,
            int hostLength,
            int pathLength) {
        if (domainLength > LONGEST_PART || hostLength > LONGEST_PART) {
            throw new IllegalArgumentException(
                    "host of %d bytes, at most %d can be stored"
                            .formatted(hostLength, LONGEST_PART));
        }
        INT.set(out, row, length);
        INT.set(out, row + 4, group);
        LONG.set(out, row + 8, urlId);
        LONG.set(out, row + 16, ts);
        CHAR.set(out, row + 24, (char) domainLength);
        CHAR.set(out, row + 26, (char) hostLength);
        INT.set(out, row + 28, domainLength + hostLength + pathLength + KEY_EXTRA_BYTES);
    }

    private static int part(byte[] from, int start, int length, byte[] out, int at) {
        System.arraycopy(from, start, out, at, length);
        out[at + length] = 0;
        return at + length + 1;
    }

    /** Codes in the order of the schemes' texts. */
    private static byte code(Scheme scheme) {
        return switch (scheme) {
            case FTP -> 1;
            case HTTP -> 2;
            case HTTPS -> 3;
        };
    }

    private static int extrasLength(byte[][] texts) {
        if (texts.length == 0) {
            return 0;
        }
        int length = 4;
        for (byte[] text : texts) {
            length = Math.addExact(length, 4 + text.length);
        }
        return length;
    }

    private static void putExtras(byte[][] texts, byte[] out, int from) {
        if (texts.length == 0) {
            return;
        }
        INT.set(out, from, texts.length / 2);
        int at = from + 4;
        for (byte[] text : texts) {
            INT.set(out, at, text.length);
            System.arraycopy(text, 0, out, at + 4, text.length);
            at += 4 + text.length;
        }
    }

    private static byte[] ascii(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] <= 0 || text.charAt(i) > 0x7f) {
                throw new IllegalArgumentException("part of a canonical URL is not ASCII: " + text);
            }
        }
        return bytes;
    }
}
