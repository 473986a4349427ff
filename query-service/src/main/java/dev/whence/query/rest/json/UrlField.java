package dev.whence.query.rest.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.whence.lake.UrlRow;
import dev.whence.url.Fingerprint;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What there is to tell of a URL, each by the name under which it is asked for and told. */
public enum UrlField {
    URL_ID("url_id") {
        @Override
        void value(JsonGenerator json, UrlRow row) throws IOException {
            json.writeString(Fingerprint.hex(row.urlId()));
        }
    },
    URL("url") {
        @Override
        void value(JsonGenerator json, UrlRow row) throws IOException {
            json.writeString(row.url());
        }
    },
    TS("ts") {
        @Override
        void value(JsonGenerator json, UrlRow row) throws IOException {
            if (row.tsMicros() == UrlRow.NO_TS) {
                json.writeNull();
            } else {
                json.writeString(Instant.EPOCH.plus(row.tsMicros(), ChronoUnit.MICROS).toString());
            }
        }
    },
    SCHEME("scheme") {
        @Override
        void value(JsonGenerator json, UrlRow row) throws IOException {
            json.writeString(row.scheme().text());
        }
    },
    HOST("host") {
        @Override
        void value(JsonGenerator json, UrlRow row) throws IOException {
            json.writeString(row.host());
        }
    },
    PATH_QUERY("path_query") {
        @Override
        void value(JsonGenerator json, UrlRow row) throws IOException {
            json.writeString(row.pathQuery());
        }
    },
    EXTRAS("extras") {
        @Override
        void value(JsonGenerator json, UrlRow row) throws IOException {
            json.writeStartObject();
            for (Map.Entry<String, String> extra : row.extras().entrySet()) {
                json.writeStringField(extra.getKey(), extra.getValue());
            }
            json.writeEndObject();
        }
    };

    /** Those that are told when nobody says which. */
    public static final Set<UrlField> USUAL = Set.copyOf(EnumSet.of(URL_ID, URL, TS));

    private final String text;

    UrlField(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    abstract void value(JsonGenerator json, UrlRow row) throws IOException;
}
