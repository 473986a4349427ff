package dev.whence.cli.place;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * A body that is given up when nothing comes for a while, or when all of it takes too long: the
 * timeout of {@link java.net.http.HttpClient} ends with the headers. Read by one thread.
 */
final class Watched extends FilterInputStream {
    /** As good as for ever: what a stream takes whose length nobody knows. */
    static final Duration UNBOUNDED = Duration.ofDays(365);

    private final long stallNanos;
    private final Duration stall;
    private final long end;
    private final Duration all;
    private final Thread guard;

    /** Since when somebody waits for bytes; 0 while nobody does. */
    private volatile long waitingSince;

    private volatile String givenUp = "";

    Watched(InputStream body, Duration stall, Duration all) {
        super(body);
        this.stall = stall;
        this.stallNanos = stall.toNanos();
        this.all = all;
        this.end = System.nanoTime() + all.toNanos();
        this.guard = Thread.ofVirtual().name("body-guard").start(this::watch);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        // Zero would mean that nobody waits.
        waitingSince = System.nanoTime() | 1;
        try {
            return in.read(bytes, from, length);
        } catch (IOException e) {
            throw givenUp.isEmpty() ? e : new IOException(givenUp, e);
        } finally {
            waitingSince = 0;
        }
    }

    private void watch() {
        try {
            while (givenUp.isEmpty()) {
                Thread.sleep(Duration.ofNanos(stallNanos / 8));
                long now = System.nanoTime();
                long since = waitingSince;
                if (since != 0 && now - since > stallNanos) {
                    giveUp("nothing came for " + stall.toSeconds() + " s");
                } else if (now - end > 0) {
                    giveUp("it takes longer than " + all.toSeconds() + " s");
                }
            }
        } catch (InterruptedException e) {
            // It was closed: nothing is left to watch.
            Thread.currentThread().interrupt();
        }
    }

    private void giveUp(String reason) {
        givenUp = reason;
        try {
            in.close();
        } catch (IOException e) {
            givenUp = reason + " (" + e.getMessage() + ")";
        }
    }

    @Override
    public void close() throws IOException {
        guard.interrupt();
        super.close();
    }
}
