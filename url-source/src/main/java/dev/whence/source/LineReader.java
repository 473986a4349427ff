package dev.whence.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Lines of bytes, ended by LF, CRLF or the end of the file, in bounded memory: a line longer than
 * {@link #MOST_BYTES} is cut, and whoever wants more of it reads it {@linkplain #streamFrom as a
 * stream}. Not thread-safe.
 */
final class LineReader implements AutoCloseable {
    /** The longest line that is held whole. */
    static final int MOST_BYTES = 1 << 20;

    private static final int FIRST_BUFFER_BYTES = 1 << 16;

    private final String source;
    private final InputStream in;
    private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
    private int limit;
    private int next;
    private int from;
    private int to;
    private boolean cut;
    private @Nullable LongLine rest;
    private long number;

    LineReader(String source, InputStream in) {
        this.source = source;
        this.in = in;
    }

    /** Goes on to the next line; false at the end. */
    boolean next() throws IOException {
        leaveLongLine();
        from = next;
        cut = false;
        int scanned = from;
        while (true) {
            for (; scanned < limit; scanned++) {
                if (buffer[scanned] == '\n') {
                    next = scanned + 1;
                    return end(scanned);
                }
            }
            if (limit - from > MOST_BYTES) {
                cut = true;
                return end(limit);
            }
            int held = limit - from;
            if (!fill()) {
                next = limit;
                return limit > from && end(limit);
            }
            scanned = from + held;
        }
    }

    byte[] bytes() {
        return buffer;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /**
     * Whether the line is so long that only its beginning is held, more than {@link #MOST_BYTES}.
     */
    boolean cut() {
        return cut;
    }

    /**
     * A line that is cut, from a place in its beginning to its end; to be read once, before the
     * next line.
     */
    InputStream streamFrom(int at) {
        InputStream beginning = new ByteArrayInputStream(buffer, at, to - at);
        return new SequenceInputStream(beginning, rest());
    }

    /** Nothing but space; of a line that is cut nobody knows. */
    boolean blank() {
        if (cut) {
            return false;
        }
        for (int at = from; at < to; at++) {
            if (buffer[at] > ' ' || buffer[at] < 0) {
                return false;
            }
        }
        return true;
    }

    /** The error that names this line. */
    MalformedSourceException malformed(String problem) {
        return new MalformedSourceException(source, place() + ": " + problem, null);
    }

    /** Which line this is. */
    String place() {
        return "line " + number;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private LongLine rest() {
        LongLine opened = rest == null ? new LongLine(in) : rest;
        rest = opened;
        return opened;
    }

    /** What was read behind the end of a long line is where the next one begins. */
    private void leaveLongLine() throws IOException {
        if (cut) {
            limit = rest().leave(buffer);
            next = 0;
            rest = null;
        }
    }

    private boolean end(int lineEnd) {
        number++;
        to = lineEnd;
        if (!cut && to > from && buffer[to - 1] == '\r') {
            to--;
        }
        return true;
    }

    /** Reads on behind what is held of the line, moving that to the front; false at the end. */
    private boolean fill() throws IOException {
        int held = limit - from;
        byte[] target = held < buffer.length ? buffer : new byte[2 * buffer.length];
        System.arraycopy(buffer, from, target, 0, held);
        buffer = target;
        from = 0;
        limit = held;
        int read = in.read(buffer, held, buffer.length - held);
        limit += Math.max(read, 0);
        return read >= 0;
    }
}
