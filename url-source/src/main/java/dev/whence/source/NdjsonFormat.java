package dev.whence.source;

import java.io.IOException;

/**
 * A JSON object or string a line. A line that is not UTF-8 is handed over as it is, to be counted
 * as a URL that is not taken: one bad line does not end a load.
 */
final class NdjsonFormat implements LineFormat {
    private final JsonFields fields;

    NdjsonFormat(String urlField) {
        this.fields = new JsonFields(urlField);
    }

    @Override
    public Content read(LineReader line, FoundUrl url) throws IOException {
        return fields.read(line, line.from(), UrlSource.NO_TS, url)
                ? Content.URL
                : Content.ROW_WITHOUT_URL;
    }

    @Override
    public void end(LineReader lines) throws MalformedSourceException {
        fields.end(lines);
    }
}
