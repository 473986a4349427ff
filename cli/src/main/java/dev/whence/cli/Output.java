package dev.whence.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, with the first error of writing to it: the {@link java.io.PrintWriter} that
 * commands print to only knows that there was one. Not thread-safe.
 */
final class Output extends FilterOutputStream {
    private @Nullable IOException failure;

    Output(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        requireWhole();
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        requireWhole();
        try {
            out.flush();
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /**
     * Why not everything could be written. A reader that went away had enough ({@code | head}):
     * that is no failure.
     */
    Optional<IOException> failure() {
        return Optional.ofNullable(failure).filter(e -> !isBrokenPipe(e));
    }

    /** Nothing follows a gap. */
    private void requireWhole() throws IOException {
        if (failure != null) {
            throw new IOException(failure);
        }
    }

    // Java has no other sign of it than the system's words.
    private static boolean isBrokenPipe(IOException e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
    }
}
