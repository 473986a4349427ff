package dev.whence.cli.table;

import dev.whence.cli.print.VisibleWriter;
import dev.whence.merge.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/** One line on a terminal that is written over and over; nothing where there is no terminal. */
public final class ChangeProgress implements Progress {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter terminal;
    private final boolean shown;
    private long drawn = System.nanoTime() - REDRAW_NANOS;

    /**
     * @param shown whether anyone looks
     */
    public ChangeProgress(PrintWriter terminal, boolean shown) {
        this.terminal = terminal;
        this.shown = shown;
    }

    @Override
    public void at(Phase phase, long done, long of) {
        if (shown) {
            draw(phase, done, of);
        }
    }

    private synchronized void draw(Phase phase, long done, long of) {
        long now = System.nanoTime();
        if (now - drawn < REDRAW_NANOS && done < of) {
            return;
        }
        drawn = now;
        String what =
                switch (phase) {
                    case READ_SOURCE -> "reading the source";
                    case PLAN -> "planning";
                    case REWRITE -> "rewriting";
                    case INSERT -> "inserting";
                };
        VisibleWriter.obeyed(terminal, CLEAR_LINE);
        terminal.print(String.format(Locale.ROOT, "%s: %,d of %,d", what, done, of));
        terminal.flush();
    }

    /** Leaves the line empty for what comes next. */
    public synchronized void end() {
        if (shown) {
            VisibleWriter.obeyed(terminal, CLEAR_LINE);
            terminal.flush();
        }
    }
}
