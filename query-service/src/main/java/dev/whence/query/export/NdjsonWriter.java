package dev.whence.query.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object on each line. The last line of a whole file is {@code {"_end": {"rows": …,
 * "version": …, "next_cursor": …}}}; no row has a field of that name.
 */
final class NdjsonWriter implements RowWriter {
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
                    .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                    .build();

    private final JsonGenerator json;
    private final List<Column> columns;
    private final Frame frame;

    NdjsonWriter(OutputStream out, List<Column> columns, Frame frame) throws IOException {
        this.json = JSON.createGenerator(out).setPrettyPrinter(new MinimalPrettyPrinter(""));
        this.columns = columns;
        this.frame = frame;
    }

    @Override
    public void write(@Nullable Object[] row) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < columns.size(); i++) {
            json.writeFieldName(columns.get(i).name());
            write(columns.get(i), row[i]);
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private void write(Column column, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
            return;
        }
        switch (column.kind()) {
            case TEXT -> json.writeString((String) value);
            case NUMBER -> json.writeNumber((Long) value);
            case SHARE -> json.writeNumber((Double) value);
            case FINGERPRINT -> json.writeString(Texts.fingerprint(value));
            case TIME -> json.writeString(Texts.time(value));
            case EXTRAS -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> extra : ((Map<?, ?>) value).entrySet()) {
                    json.writeStringField((String) extra.getKey(), (String) extra.getValue());
                }
                json.writeEndObject();
            }
        }
    }

    @Override
    public void end(End end) throws IOException {
        if (frame.trailer()) {
            json.writeStartObject();
            json.writeObjectFieldStart("_end");
            json.writeNumberField("rows", end.rows());
            json.writeNumberField("version", end.version());
            json.writeStringField("next_cursor", end.nextCursor());
            json.writeEndObject();
            json.writeEndObject();
            json.writeRaw('\n');
        }
        json.flush();
    }

    @Override
    public void close() {
        // The generator's buffers go back with its last flush; what is in them is dropped.
    }
}
