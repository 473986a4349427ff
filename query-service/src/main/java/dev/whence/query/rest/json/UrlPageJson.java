package dev.whence.query.rest.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.whence.lake.UrlRow;
import dev.whence.query.listing.UrlCursor;
import dev.whence.query.listing.UrlList;
import dev.whence.query.listing.UrlPage;
import dev.whence.query.view.View;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** Writes pages of URLs with the fields that are asked for; {@link UrlPageAnswer} is the shape. */
public final class UrlPageJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int ROW_BYTES = 160;

    private UrlPageJson() {}

    /** A page of a list as JSON. */
    public static byte[] write(UrlPage page, UrlList list, View view, Set<UrlField> fields)
            throws IOException {
        var bytes = new ByteArrayOutputStream(1_024 + page.rows().size() * ROW_BYTES);
        Set<UrlField> inOrder = EnumSet.copyOf(fields);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (UrlRow row : page.rows()) {
                json.writeStartObject();
                for (UrlField field : inOrder) {
                    json.writeFieldName(field.text());
                    field.value(json, row);
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeFieldName("total");
            if (page.total().isPresent()) {
                json.writeNumber(page.total().getAsLong());
            } else {
                json.writeNull();
            }
            json.writeFieldName("next_offset");
            if (page.isLast() || list.filter().looksAtRows()) {
                json.writeNull();
            } else {
                json.writeNumber(page.end());
            }
            json.writeFieldName("next_cursor");
            if (page.next().isPresent()) {
                json.writeString(
                        new UrlCursor(view.number(), page.next().get(), page.end())
                                .encode(view.seal(), list));
            } else {
                json.writeNull();
            }
            json.writeNumberField("version", view.number());
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
