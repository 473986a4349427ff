package dev.whence.query.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * CSV as RFC 4180 has it, in UTF-8. What a spreadsheet would take for a formula (OWASP, "CSV
 * Injection") gets an apostrophe in front, and so does what begins with one or with {@code #}, so
 * that taking one away again gives every text as it was. The last record of a whole file begins
 * with {@code #end}, and has as many fields as any.
 */
final class CsvWriter implements RowWriter {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String LINE_END = "\r\n";
    private static final String GUARDED = "=+-@\t\r\n'#";
    private static final String QUOTED = "\",\r\n";
    private static final int BUFFER_CHARS = 8 << 10;

    private final OutputStream out;
    private final List<Column> columns;
    private final Frame frame;
    private final StringBuilder text = new StringBuilder(BUFFER_CHARS);

    CsvWriter(OutputStream out, List<Column> columns, Frame frame) {
        this.out = out;
        this.columns = columns;
        this.frame = frame;
        if (frame.header()) {
            text.append(columns.stream().map(Column::name).collect(Collectors.joining(",")))
                    .append(LINE_END);
        }
    }

    @Override
    public void write(@Nullable Object[] row) throws IOException {
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            if (row[i] != null) {
                append(columns.get(i), row[i]);
            }
        }
        text.append(LINE_END);
        if (text.length() >= BUFFER_CHARS) {
            flush();
        }
    }

    private void append(Column column, Object value) throws IOException {
        switch (column.kind()) {
            case TEXT -> append(guarded((String) value));
            case NUMBER, SHARE -> text.append(value);
            case FINGERPRINT -> text.append(Texts.fingerprint(value));
            case TIME -> text.append(Texts.time(value));
            case EXTRAS -> append(json((Map<?, ?>) value));
        }
    }

    private static String guarded(String value) {
        return !value.isEmpty() && GUARDED.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    }

    private void append(String field) {
        if (field.chars().noneMatch(character -> QUOTED.indexOf(character) >= 0)) {
            text.append(field);
        } else {
            text.append('"').append(field.replace("\"", "\"\"")).append('"');
        }
    }

    private static String json(Map<?, ?> extras) throws IOException {
        var written = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(written)) {
            json.writeStartObject();
            for (Map.Entry<?, ?> extra : extras.entrySet()) {
                json.writeStringField((String) extra.getKey(), (String) extra.getValue());
            }
            json.writeEndObject();
        }
        return written.toString();
    }

    @Override
    public void end(End end) throws IOException {
        if (frame.trailer()) {
            text.append("#end rows=%d version=%d next_cursor=".formatted(end.rows(), end.version()))
                    .append(end.nextCursor() == null ? "" : end.nextCursor())
                    .append(String.join("", Collections.nCopies(columns.size() - 1, ",")))
                    .append(LINE_END);
        }
        flush();
    }

    private void flush() throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
    }

    @Override
    public void close() {
        // What was not flushed is dropped.
    }
}
