package dev.whence.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Gzip as RFC 1952 has it, one member after the other. {@link java.util.zip.GZIPInputStream} takes
 * whatever it cannot read behind a member for the end of the file; here that is an error, since a
 * file cut off in its second member would lose its rest without a word. Zeros at the end, as tapes
 * leave them, are passed over.
 */
final class GzipMembers extends InputStream {
    private static final int INPUT_BYTES = 1 << 16;
    private static final int DEFLATE = 8;
    private static final int HAS_HEADER_CRC = 1 << 1;
    private static final int HAS_EXTRA = 1 << 2;
    private static final int HAS_NAME = 1 << 3;
    private static final int HAS_COMMENT = 1 << 4;

    private final String source;
    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] input = new byte[INPUT_BYTES];
    private int next;
    private int limit;
    private long bytesRead;
    private boolean inMember;
    private boolean ended;

    GzipMembers(String source, InputStream in) {
        this.source = source;
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            while (!ended) {
                if (!inMember) {
                    beginMember();
                    continue;
                }
                int inflated = inflater.inflate(target, from, length);
                if (inflated > 0) {
                    crc.update(target, from, inflated);
                    return inflated;
                }
                if (inflater.finished()) {
                    next = limit - inflater.getRemaining();
                    endMember();
                } else {
                    feed();
                }
            }
            return -1;
        } catch (DataFormatException e) {
            throw malformed("damaged gzip data", e);
        } catch (EOFException e) {
            throw malformed("cut off, the data of gzip ends here", e);
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }

    private void beginMember() throws IOException {
        boolean first = bytesRead == 0;
        boolean more = next < limit || fill();
        while (more && !first && input[next] == 0) {
            next++;
            more = next < limit || fill();
        }
        if (!more) {
            ended = true;
            return;
        }
        if (octet() != 0x1f || octet() != 0x8b || octet() != DEFLATE) {
            throw malformed("expected a gzip member, found something else", null);
        }
        int flags = octet();
        skip(6);
        if ((flags & HAS_EXTRA) != 0) {
            skip(octet() | octet() << 8);
        }
        if ((flags & HAS_NAME) != 0) {
            skipText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText();
        }
        if ((flags & HAS_HEADER_CRC) != 0) {
            skip(2);
        }
        inflater.reset();
        inflater.setInput(input, next, limit - next);
        next = limit;
        crc.reset();
        inMember = true;
    }

    private void feed() throws IOException {
        if (!fill()) {
            throw new EOFException();
        }
        inflater.setInput(input, 0, limit);
        next = limit;
    }

    private void endMember() throws IOException {
        if (word() != crc.getValue()) {
            throw malformed("damaged: a gzip member's CRC-32 does not fit its data", null);
        }
        if (word() != (inflater.getBytesWritten() & 0xffff_ffffL)) {
            throw malformed("damaged: a gzip member's length does not fit its data", null);
        }
        inMember = false;
    }

    private boolean fill() throws IOException {
        int read = in.read(input, 0, INPUT_BYTES);
        next = 0;
        limit = Math.max(read, 0);
        bytesRead += limit;
        return read > 0;
    }

    private int octet() throws IOException {
        if (next == limit && !fill()) {
            throw new EOFException();
        }
        return input[next++] & 0xff;
    }

    private long word() throws IOException {
        return octet() | octet() << 8 | octet() << 16 | (long) octet() << 24;
    }

    private void skip(int bytes) throws IOException {
        for (int skipped = 0; skipped < bytes; skipped++) {
            octet();
        }
    }

    private void skipText() throws IOException {
        int octet = octet();
        while (octet != 0) {
            octet = octet();
        }
    }

    private MalformedSourceException malformed(String problem, @Nullable Throwable cause) {
        return new MalformedSourceException(
                source, "byte " + (bytesRead - limit + next) + ": " + problem, cause);
    }
}
