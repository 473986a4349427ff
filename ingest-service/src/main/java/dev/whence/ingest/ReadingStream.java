package dev.whence.ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of an object, with a beat at each read: what unpacks to a lot and holds no URL would
 * otherwise keep the thread from everything else, its group and its end among them.
 */
final class ReadingStream extends FilterInputStream {

    /** Called at each read; costs nothing most of the time. */
    @FunctionalInterface
    interface Beat {
        void run() throws AbandonedException;
    }

    /** Carries an {@link AbandonedException} through readers that know only of input and output. */
    static final class AbandonedReadException extends IOException {
        private static final long serialVersionUID = 1L;

        private final AbandonedException abandoned;

        AbandonedReadException(AbandonedException abandoned) {
            super(abandoned);
            this.abandoned = abandoned;
        }

        AbandonedException abandoned() {
            return abandoned;
        }
    }

    private final Beat beat;

    ReadingStream(InputStream in, Beat beat) {
        super(in);
        this.beat = beat;
    }

    @Override
    public int read() throws IOException {
        beat();
        return super.read();
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        beat();
        return super.read(target, from, length);
    }

    private void beat() throws AbandonedReadException {
        try {
            beat.run();
        } catch (AbandonedException e) {
            throw new AbandonedReadException(e);
        }
    }
}
