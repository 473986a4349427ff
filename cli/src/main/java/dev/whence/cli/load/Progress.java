package dev.whence.cli.load;

import dev.whence.cli.print.VisibleWriter;
import java.io.Console;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * One line on a terminal that is written over and over: the file, how much of it is read, how many
 * rows are sent. Nothing where there is no terminal.
 */
public final class Progress {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final int BAR_WIDTH = 24;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter terminal;
    private final boolean shown;
    private final int files;
    private final long begin = System.nanoTime();
    private int file;
    private long fileBytes;
    private long bytesRead;
    private long rows;
    private long drawn;

    /**
     * @param shown whether anyone looks
     */
    public Progress(PrintWriter terminal, boolean shown, int files) {
        this.terminal = terminal;
        this.shown = shown;
        this.files = files;
    }

    /** Whether standard error is a terminal: there the line goes, wherever the output does. */
    public static boolean standardErrorIsTerminal() {
        Path target = Path.of("/proc/self/fd/2");
        try {
            if (Files.exists(target)) {
                return target.toRealPath().toString().matches("/dev/(pts/|tty|console).*");
            }
        } catch (IOException e) {
            // A pipe or a socket has no path.
            return false;
        }
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /** Begins the next file, of so many bytes; 0 if nobody knows. */
    public void begin(long bytes) {
        file++;
        fileBytes = bytes;
        bytesRead = 0;
    }

    /** The same stream, watched. */
    public InputStream watch(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int octet = in.read();
                bytesRead += octet < 0 ? 0 : 1;
                return octet;
            }

            @Override
            public int read(byte[] target, int from, int length) throws IOException {
                int read = in.read(target, from, length);
                bytesRead += Math.max(read, 0);
                return read;
            }
        };
    }

    public void row() {
        rows++;
        if (shown && (rows & 0xff) == 0 && System.nanoTime() - drawn > REDRAW_NANOS) {
            draw("");
        }
    }

    public long rows() {
        return rows;
    }

    /** Says what it is waiting for. */
    public void waiting(String what) {
        if (shown) {
            draw("  " + what);
        }
    }

    /** Leaves the line empty for what comes next. */
    public void end() {
        if (shown) {
            VisibleWriter.obeyed(terminal, CLEAR_LINE);
            terminal.flush();
        }
    }

    private void draw(String note) {
        drawn = System.nanoTime();
        double seconds = Math.max(1e-3, (drawn - begin) / 1e9);
        VisibleWriter.obeyed(terminal, CLEAR_LINE);
        terminal.print(
                String.format(
                        Locale.ROOT,
                        "file %d of %d %s %,d rows, %,.0f rows/s%s",
                        file,
                        files,
                        bar(),
                        rows,
                        rows / seconds,
                        note));
        terminal.flush();
    }

    private String bar() {
        if (fileBytes <= 0) {
            return "…";
        }
        double share = Math.min(1, (double) bytesRead / fileBytes);
        int full = (int) (BAR_WIDTH * share);
        return "[%s%s] %3d %%"
                .formatted("#".repeat(full), " ".repeat(BAR_WIDTH - full), (int) (100 * share));
    }
}
