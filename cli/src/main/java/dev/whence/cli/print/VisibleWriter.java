package dev.whence.cli.print;

import java.io.PrintWriter;

/**
 * Where every command prints, to standard output and to standard error: of what passes here a
 * terminal obeys nothing, whoever wrote it, but ends of lines and tabs. Where a text of others must
 * not have lines of its own, it goes through {@link Visible#of} before. Not thread-safe, as its
 * target is not.
 */
public final class VisibleWriter extends PrintWriter {
    private final PrintWriter target;

    /**
     * Prints to a target.
     *
     * @param flushesLines whether each line is written at once
     */
    public VisibleWriter(PrintWriter target, boolean flushesLines) {
        super(target, flushesLines);
        this.target = target;
    }

    /** Prints what a terminal is to obey, which is this program's own and no text. */
    public static void obeyed(PrintWriter out, String sequence) {
        if (out instanceof VisibleWriter visible) {
            visible.target.write(sequence);
        } else {
            out.write(sequence);
        }
    }

    @Override
    public void write(int character) {
        write(String.valueOf((char) character));
    }

    @Override
    public void write(char[] characters, int from, int length) {
        write(new String(characters, from, length));
    }

    @Override
    public void write(String text, int from, int length) {
        target.write(Visible.ofLines(text.substring(from, from + length)));
    }
}
