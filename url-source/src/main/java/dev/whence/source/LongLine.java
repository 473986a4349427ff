package dev.whence.source;

import java.io.IOException;
import java.io.InputStream;

/** What a line has behind the part that is held: bytes up to the next LF, however many. */
final class LongLine extends InputStream {
    static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int next;
    private int limit;
    private boolean ended;

    LongLine(InputStream in) {
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
        if (ended || !hasNext()) {
            return -1;
        }
        int most = Math.min(limit, next + length);
        int end = next;
        while (end < most && buffer[end] != '\n') {
            end++;
        }
        int bytes = end - next;
        System.arraycopy(buffer, next, target, from, bytes);
        ended = end < most;
        next = ended ? end + 1 : end;
        return bytes == 0 ? -1 : bytes;
    }

    /**
     * Reads to the end of the line.
     *
     * @param target of {@link #BUFFER_BYTES} or more; takes what was read behind the line's end
     * @return how many bytes these are
     */
    int leave(byte[] target) throws IOException {
        while (read(target, 0, target.length) >= 0) {
            // What nobody asked for.
        }
        System.arraycopy(buffer, next, target, 0, limit - next);
        return limit - next;
    }

    private boolean hasNext() throws IOException {
        if (next == limit) {
            next = 0;
            limit = Math.max(0, in.read(buffer, 0, BUFFER_BYTES));
        }
        ended = limit == 0;
        return !ended;
    }
}
