package dev.whence.cli.export;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CSV: the last field of a row is its cursor, the last record begins with {@code #end}. */
final class CsvRecords implements RecordFormat {
    private static final String CURSOR = ",cursor";
    private static final Pattern END =
            Pattern.compile(
                    "#end rows=([0-9]{1,18}) version=([0-9]{1,18}) next_cursor=("
                            + Cursors.CHARACTERS
                            + "*),*");

    @Override
    public boolean isQuoted() {
        return true;
    }

    @Override
    public boolean hasHeading() {
        return true;
    }

    @Override
    public String heading(String record) throws IOException {
        if (!record.endsWith(CURSOR)) {
            throw new MalformedListException("a first line that does not name the columns");
        }
        return record.substring(0, record.length() - CURSOR.length());
    }

    @Override
    public Optional<ListEnd> end(String record) throws IOException {
        if (!record.startsWith("#")) {
            return Optional.empty();
        }
        Matcher end = END.matcher(record);
        if (!end.matches()) {
            throw new MalformedListException("an end that is none");
        }
        return Optional.of(
                new ListEnd(
                        Long.parseLong(end.group(1)),
                        Long.parseLong(end.group(2)),
                        end.group(3).isEmpty() ? null : end.group(3)));
    }

    @Override
    public Row row(String record) throws IOException {
        int comma = record.lastIndexOf(',');
        if (comma < 0) {
            throw new MalformedListException("a line that is no row with a cursor");
        }
        String field = record.substring(comma + 1);
        // A cursor that begins with a dash is guarded from being a formula.
        String cursor = field.startsWith("'") ? field.substring(1) : field;
        return new Row(record.substring(0, comma), Cursors.require(cursor));
    }

    @Override
    public String end(ListEnd end, int columns) {
        return "#end rows=%d version=%d next_cursor=%s%s"
                .formatted(
                        end.rows(),
                        end.version(),
                        end.nextCursor() == null ? "" : end.nextCursor(),
                        ",".repeat(Math.max(columns - 1, 0)));
    }

    @Override
    public String lineEnd() {
        return "\r\n";
    }
}
