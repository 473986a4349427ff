package dev.whence.cli.print;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Rows in columns as wide as their widest value; numbers to the right. Lines end where the screen
 * does, so what may be long comes last.
 */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Boolean> numeric = new ArrayList<>();

    public Table(String... headings) {
        rows.add(List.of(headings));
        for (int column = 0; column < headings.length; column++) {
            numeric.add(true);
        }
    }

    /**
     * Adds a row; a {@link Number} is printed with separators of thousands, and of a text no
     * character is obeyed.
     */
    public void add(Object... values) {
        var row = new ArrayList<String>();
        for (int column = 0; column < values.length; column++) {
            if (values[column] instanceof Number number) {
                row.add(number(number.longValue()));
            } else {
                row.add(Visible.of(values[column].toString()));
                numeric.set(column, false);
            }
        }
        rows.add(row);
    }

    /** Prints it to where standard output goes. */
    public void print(PrintWriter out) {
        print(out, Screen.ofProcess());
    }

    void print(PrintWriter out, Screen screen) {
        int[] widths = new int[numeric.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], width(row.get(column)));
            }
        }
        boolean heading = true;
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String value = row.get(column);
                String padding = " ".repeat(widths[column] - width(value));
                line.append(column == 0 ? "" : "  ")
                        .append(numeric.get(column) ? padding + value : value + padding);
            }
            String fitted = screen.fitted(line.toString().stripTrailing());
            if (heading) {
                screen.heading(fitted, out);
            } else {
                out.println(fitted);
            }
            heading = false;
        }
    }

    /** A number with separators of thousands. */
    public static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static int width(String value) {
        return value.codePointCount(0, value.length());
    }
}
