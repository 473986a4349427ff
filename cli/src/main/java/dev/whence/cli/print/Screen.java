package dev.whence.cli.print;

import java.io.PrintWriter;
import java.util.Map;

/**
 * What standard output is. The script {@code whence} says how many columns it has, where it is a
 * terminal; everything else gets whole lines without colour.
 *
 * @param columns {@link #UNBOUNDED} where it is no terminal
 */
public record Screen(int columns, boolean hasColour) {
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    /** Of a table that is narrower nothing could be read. */
    private static final int FEWEST_COLUMNS = 20;

    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";
    private static final String PROPERTY = "whence.columns";

    /** As the process was started. */
    public static Screen ofProcess() {
        return of(System.getProperty(PROPERTY, ""), System.getenv());
    }

    static Screen of(String columns, Map<String, String> environment) {
        if (!columns.matches("[1-9][0-9]{0,4}")) {
            return new Screen(UNBOUNDED, false);
        }
        boolean plain =
                !environment.getOrDefault("NO_COLOR", "").isEmpty()
                        || environment.getOrDefault("TERM", "").equals("dumb");
        return new Screen(Math.max(Integer.parseInt(columns), FEWEST_COLUMNS), !plain);
    }

    /** Prints a heading, bold where there is colour. */
    void heading(String line, PrintWriter out) {
        if (hasColour) {
            VisibleWriter.obeyed(out, BOLD);
        }
        out.print(line);
        if (hasColour) {
            VisibleWriter.obeyed(out, PLAIN);
        }
        out.println();
    }

    /** A line that ends where the screen does. */
    String fitted(String line) {
        int characters = line.codePointCount(0, line.length());
        return characters <= columns
                ? line
                : line.substring(0, line.offsetByCodePoints(0, columns - 1)) + "…";
    }
}
