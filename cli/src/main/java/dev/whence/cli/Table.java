package dev.whence.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows in columns as wide as their widest value; numbers to the right. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Boolean> numeric = new ArrayList<>();

    Table(String... headings) {
        rows.add(List.of(headings));
        for (int column = 0; column < headings.length; column++) {
            numeric.add(true);
        }
    }

    /** Adds a row; a {@link Number} is printed with separators of thousands. */
    void add(Object... values) {
        var row = new ArrayList<String>();
        for (int column = 0; column < values.length; column++) {
            if (values[column] instanceof Number number) {
                row.add(number(number.longValue()));
            } else {
                row.add(values[column].toString());
                numeric.set(column, false);
            }
        }
        rows.add(row);
    }

    void print(PrintWriter out) {
        int[] widths = new int[numeric.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], width(row.get(column)));
            }
        }
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String value = row.get(column);
                String padding = " ".repeat(widths[column] - width(value));
                line.append(column == 0 ? "" : "  ")
                        .append(numeric.get(column) ? padding + value : value + padding);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static int width(String value) {
        return value.codePointCount(0, value.length());
    }
}
