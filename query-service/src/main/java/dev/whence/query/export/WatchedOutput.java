package dev.whence.query.export;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * A stream to a reader who may be slow, or gone without a word: it tells whoever watches how long a
 * write has been waiting for him, and how long all of it takes. Written by one thread, watched by
 * another.
 */
public final class WatchedOutput extends OutputStream {
    private static final long IDLE = Long.MIN_VALUE;

    private final OutputStream out;
    private final BooleanSupplier isGone;
    private final long startNanos = System.nanoTime();

    /** Nanoseconds from the start to that of the write under way. */
    private final AtomicLong waitingSince = new AtomicLong(IDLE);

    /**
     * Begins now.
     *
     * @param isGone whether the reader is known to be gone; a stream may take bytes for nobody
     */
    public WatchedOutput(OutputStream out, BooleanSupplier isGone) {
        this.out = out;
        this.isGone = isGone;
    }

    /**
     * Whether a write has been under way for longer than {@code stall}, or all for {@code time}.
     */
    public boolean isOver(Duration stall, Duration time) {
        long now = System.nanoTime() - startNanos;
        long since = waitingSince.get();
        return now > time.toNanos() || (since != IDLE && now - since > stall.toNanos());
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (isGone.getAsBoolean()) {
            throw new EOFException("the reader is gone");
        }
        waitingSince.set(System.nanoTime() - startNanos);
        try {
            out.write(bytes, offset, length);
        } finally {
            waitingSince.set(IDLE);
        }
    }

    @Override
    public void flush() throws IOException {
        waitingSince.set(System.nanoTime() - startNanos);
        try {
            out.flush();
        } finally {
            waitingSince.set(IDLE);
        }
    }
}
