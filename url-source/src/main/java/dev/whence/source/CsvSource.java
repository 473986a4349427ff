package dev.whence.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values as RFC 4180 describes them, the first record naming the columns: the URL's
 * column, and {@code ts} or {@code timestamp} for its time. Other columns are passed over. The
 * bytes go through the parser as Latin-1 and come out unchanged, so that a URL that is not UTF-8 is
 * seen by whoever judges URLs.
 */
final class CsvSource implements UrlSource {
    /** Longest value of a column, so that a quote that is never closed cannot eat the memory. */
    static final int MOST_VALUE_BYTES = 4 << 20;

    private static final CsvFactory CSV =
            CsvFactory.builder()
                    .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxStringLength(MOST_VALUE_BYTES)
                                    .build())
                    .build();

    private final String source;
    private final CsvParser csv;
    private final FoundUrl url = new FoundUrl();
    private Skipped skipped = Skipped.NONE;
    private final int urlColumn;
    private final int timeColumn;

    CsvSource(String source, InputStream in, String urlColumnName) throws IOException {
        this.source = source;
        this.csv = CSV.createParser(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
        int foundUrl = -1;
        int foundTime = -1;
        if (nextRecord()) {
            int column = 0;
            for (String name = nextValue(); name != null; name = nextValue()) {
                String utf8 =
                        new String(
                                name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
                if (utf8.equals(urlColumnName) && foundUrl < 0) {
                    foundUrl = column;
                } else if (CaptureTime.isColumn(utf8) && foundTime < 0) {
                    foundTime = column;
                }
                column++;
            }
        }
        if (foundUrl < 0) {
            throw new MalformedSourceException(
                    source,
                    "line 1: expected a header that names a column '" + urlColumnName + "'",
                    null);
        }
        this.urlColumn = foundUrl;
        this.timeColumn = foundTime;
    }

    @Override
    public boolean next() throws IOException {
        while (nextRecord()) {
            int column = 0;
            String found = null;
            long ts = NO_TS;
            for (String value = nextValue(); value != null; value = nextValue()) {
                if (column == urlColumn) {
                    found = value;
                } else if (column == timeColumn) {
                    ts = CaptureTime.micros(value);
                }
                column++;
            }
            if (found == null && column > 0) {
                throw malformed(
                        "expected at least " + (urlColumn + 1) + " columns, found " + column);
            }
            if (found != null && !found.isBlank()) {
                byte[] bytes = found.getBytes(StandardCharsets.ISO_8859_1);
                url.set(bytes, 0, bytes.length, ts, Map.of());
                return true;
            }
            if (found != null) {
                skipped = skipped.and(this::place);
            }
        }
        return false;
    }

    @Override
    public FoundUrl found() {
        return url;
    }

    @Override
    public Skipped skipped() {
        return skipped;
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }

    private boolean nextRecord() throws IOException {
        return nextToken() == JsonToken.START_ARRAY;
    }

    private @Nullable String nextValue() throws IOException {
        return nextToken() == JsonToken.VALUE_STRING ? csv.getText() : null;
    }

    private @Nullable JsonToken nextToken() throws IOException {
        try {
            return csv.nextToken();
        } catch (JsonProcessingException e) {
            // The parser's own message, and so its exception, repeats what it has read.
            throw malformed(
                    "not a CSV record: a quote that is not closed or not doubled, or a value longer than "
                            + MOST_VALUE_BYTES
                            + " bytes");
        }
    }

    private MalformedSourceException malformed(String problem) {
        return new MalformedSourceException(source, place() + ": " + problem, null);
    }

    private String place() {
        return "line " + csv.currentTokenLocation().getLineNr();
    }
}
