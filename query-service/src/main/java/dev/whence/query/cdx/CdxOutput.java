package dev.whence.query.cdx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.whence.query.QueryException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** How lines are written. */
public enum CdxOutput {
    /** Values with spaces between. */
    TEXT("text/plain;charset=UTF-8"),
    /** One array of arrays; the first is of the fields' names. */
    JSON_ARRAYS("application/json"),
    /** An object on each line, without the fields that there is no value of. */
    JSON_LINES("application/x-ndjson;charset=UTF-8"),
    /** Key and time, and then such an object. */
    CDXJ("text/x-cdxj;charset=UTF-8");

    private static final JsonFactory JSON = new JsonFactory();
    private static final String NONE = CdxRow.NONE;

    /**
     * These are told as none there is; a program that reads places in archives must see no place.
     */
    private static final List<String> ALWAYS_TOLD = List.of("mimetype", "statuscode", "digest");

    private final String mediaType;

    CdxOutput(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /**
     * Writes all lines.
     *
     * @param showResumeKey whether a last line says where to go on, if the limit left lines out
     */
    public void write(
            OutputStream out, CdxLines lines, List<CdxField> fields, boolean showResumeKey)
            throws QueryException, IOException {
        boolean first = true;
        for (Optional<CdxRow> row = lines.next(); row.isPresent(); row = lines.next()) {
            if (first && this == JSON_ARRAYS) {
                print(out, "[" + array(fields.stream().map(CdxField::told).toList()));
            }
            first = false;
            print(out, line(row.get(), fields));
        }
        Optional<String> resumeKey = showResumeKey ? lines.resumeKey() : Optional.empty();
        if (resumeKey.isPresent()) {
            print(
                    out,
                    switch (this) {
                        case TEXT -> "\n" + resumeKey.get() + "\n";
                        case JSON_ARRAYS -> ",\n[],\n" + array(List.of(resumeKey.get()));
                        case JSON_LINES, CDXJ ->
                                "{\"resumeKey\":\"%s\"}\n".formatted(resumeKey.get());
                    });
        }
        if (this == JSON_ARRAYS) {
            print(out, first ? "[]\n" : "]\n");
        }
    }

    private String line(CdxRow row, List<CdxField> fields) throws IOException {
        return switch (this) {
            case TEXT ->
                    String.join(
                                    " ",
                                    fields.stream()
                                            .map(field -> oneWord(field.value(row)))
                                            .toList())
                            + "\n";
            case JSON_ARRAYS ->
                    ",\n" + array(fields.stream().map(field -> field.value(row)).toList());
            case JSON_LINES -> object(row, fields) + "\n";
            case CDXJ ->
                    row.key()
                            + " "
                            + row.timestamp()
                            + " "
                            + object(
                                    row,
                                    fields.stream()
                                            .filter(field ->
                                                    !field.source().equals("urlkey")
                                                            && !field.source().equals("timestamp"))
                                            .toList())
                            + "\n";
        };
    }

    private static String array(List<String> values) throws IOException {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (String value : values) {
                json.writeString(value);
            }
            json.writeEndArray();
        }
        return text.toString();
    }

    private static String object(CdxRow row, List<CdxField> fields) throws IOException {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (CdxField field : fields) {
                String value = field.value(row);
                if (!value.equals(NONE)
                        || field.source().equals("timestamp")
                        || ALWAYS_TOLD.contains(field.source())) {
                    json.writeStringField(field.told(), value);
                }
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    /** Escapes what would end a field or a line. */
    private static String oneWord(String value) {
        if (value.chars().noneMatch(c -> c <= ' ' || c == 0x7F)) {
            return value;
        }
        var escaped = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c == 0x7F) {
                escaped.append("%%%02X".formatted((int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static void print(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
