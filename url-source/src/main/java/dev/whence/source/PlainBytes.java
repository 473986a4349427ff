package dev.whence.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * What is in a file once it is unpacked: gzip and zstd are seen by their first bytes, whatever the
 * file is called; a byte order mark is dropped. Files that are certainly no UTF-8 text are refused
 * here, where their kind can still be named.
 */
final class PlainBytes {
    private static final int LOOK_AHEAD_BYTES = 8;
    private static final int BUFFER_BYTES = 1 << 16;

    private PlainBytes() {}

    static InputStream of(String source, InputStream in, int zstdWindowLog) throws IOException {
        var packed = new BufferedInputStream(in, BUFFER_BYTES);
        byte[] start = lookAhead(packed);
        if (begins(start, 0x1f, 0x8b)) {
            return text(source, new GzipMembers(source, packed));
        }
        if (begins(start, 0x28, 0xb5, 0x2f, 0xfd) || isSkippableZstdFrame(start)) {
            return text(source, new ZstdFrames(source, packed, zstdWindowLog));
        }
        return text(source, packed);
    }

    private static InputStream text(String source, InputStream unpacked) throws IOException {
        var text = new BufferedInputStream(unpacked, BUFFER_BYTES);
        byte[] start = lookAhead(text);
        String kind = kindOfBinary(start);
        if (!kind.isEmpty()) {
            throw new MalformedSourceException(source, "byte 0: " + kind, null);
        }
        if (begins(start, 0xef, 0xbb, 0xbf)) {
            text.skipNBytes(3);
        }
        return text;
    }

    private static String kindOfBinary(byte[] start) {
        if (begins(start, 'P', 'A', 'R', '1') || begins(start, 'P', 'A', 'R', 'E')) {
            return "this is a Parquet file; read it as parquet";
        }
        if (begins(start, 0xfe, 0xff) || begins(start, 0xff, 0xfe)) {
            return "this is UTF-16; expected UTF-8";
        }
        if (begins(start, 0xfd, '7', 'z', 'X', 'Z')
                || begins(start, 'B', 'Z', 'h')
                || begins(start, 'P', 'K', 3, 4)
                || begins(start, 0x04, 0x22, 0x4d, 0x18)) {
            return "this is packed with xz, bzip2, zip or lz4; gzip and zstd are read";
        }
        return begins(start, 0x1f, 0x8b) || begins(start, 0x28, 0xb5, 0x2f, 0xfd)
                ? "this is packed twice; unpack it once"
                : "";
    }

    private static boolean isSkippableZstdFrame(byte[] start) {
        return start.length >= 4
                && (start[0] & 0xf0) == 0x50
                && start[1] == 0x2a
                && start[2] == 0x4d
                && start[3] == 0x18;
    }

    private static byte[] lookAhead(BufferedInputStream in) throws IOException {
        in.mark(LOOK_AHEAD_BYTES);
        byte[] start = in.readNBytes(LOOK_AHEAD_BYTES);
        in.reset();
        return start;
    }

    private static boolean begins(byte[] start, int... magic) {
        return start.length >= magic.length
                && Arrays.equals(Arrays.copyOf(start, magic.length), toBytes(magic));
    }

    private static byte[] toBytes(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int at = 0; at < octets.length; at++) {
            bytes[at] = (byte) octets[at];
        }
        return bytes;
    }
}
