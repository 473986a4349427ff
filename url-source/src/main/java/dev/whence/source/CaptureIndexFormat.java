package dev.whence.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The indexes of web archives. CDX: columns as a header line {@code " CDX N b a …"} says (its first
 * character separates them; {@code a} is the original URL, {@code b} the time), or SURT key, time,
 * URL where there is none; headers may come again where files were joined. CDXJ: SURT key, time and
 * a JSON object, after lines that begin with {@code !} or {@code @}. Files named {@code .cdx} often
 * hold CDXJ, so each line is read as what it is.
 *
 * @see <a href="https://archive.org/web/researcher/cdx_legend.php">CDX legend</a>
 */
final class CaptureIndexFormat implements LineFormat {
    private final JsonFields fields;
    private byte separator = ' ';
    private int timeColumn = 1;
    private int urlColumn = 2;

    CaptureIndexFormat(String urlField) {
        this.fields = new JsonFields(urlField);
    }

    @Override
    public Content read(LineReader line, FoundUrl url) throws IOException {
        byte first = line.bytes()[line.from()];
        if (first == '!' || first == '@') {
            return Content.NO_ROW;
        }
        if (isHeader(line)) {
            readHeader(line);
            return Content.NO_ROW;
        }
        int json = columnStart(line, 2, (byte) ' ');
        if (json >= 0 && line.bytes()[json] == '{') {
            return content(fields.read(line, json, time(line, 1, (byte) ' '), url));
        }
        int from = columnStart(line, urlColumn, separator);
        if (line.cut() && (from < 0 || columnEnd(line, from, separator) == line.to())) {
            // What is held of the line ends before its URL does.
            url.set(line.bytes(), line.from(), line.to(), UrlSource.NO_TS, Map.of());
            return Content.URL;
        }
        if (from < 0) {
            throw line.malformed(
                    "expected a URL in column "
                            + (urlColumn + 1)
                            + " of a CDX line, found fewer columns");
        }
        int to = columnEnd(line, from, separator);
        url.set(line.bytes(), from, to, time(line, timeColumn, separator), Map.of());
        return content(to - from > 1 || line.bytes()[from] != '-');
    }

    @Override
    public void end(LineReader lines) throws MalformedSourceException {
        fields.end(lines);
    }

    private static Content content(boolean hasUrl) {
        return hasUrl ? Content.URL : Content.ROW_WITHOUT_URL;
    }

    private static boolean isHeader(LineReader line) {
        return line.to() - line.from() > 5
                && new String(line.bytes(), line.from() + 1, 3, StandardCharsets.ISO_8859_1)
                        .equals("CDX")
                && line.bytes()[line.from() + 4] == line.bytes()[line.from()];
    }

    private void readHeader(LineReader line) throws MalformedSourceException {
        separator = line.bytes()[line.from()];
        timeColumn = -1;
        urlColumn = -1;
        int column = 0;
        for (int at = line.from() + 5; at < line.to(); at = columnEnd(line, at, separator) + 1) {
            switch (line.bytes()[at]) {
                case 'a' -> urlColumn = column;
                case 'b' -> timeColumn = column;
                default -> {}
            }
            column++;
        }
        if (urlColumn < 0) {
            throw line.malformed("the CDX header names no column 'a' (original URL)");
        }
    }

    private static long time(LineReader line, int column, byte separator) {
        int from = column < 0 ? -1 : columnStart(line, column, separator);
        return from < 0
                ? UrlSource.NO_TS
                : CaptureTime.micros(
                        new String(
                                line.bytes(),
                                from,
                                columnEnd(line, from, separator) - from,
                                StandardCharsets.ISO_8859_1));
    }

    /** Where a column begins, or -1 if there are not so many, or it is empty. */
    private static int columnStart(LineReader line, int column, byte separator) {
        int at = line.from();
        for (int passed = 0; passed < column; passed++) {
            at = columnEnd(line, at, separator) + 1;
        }
        return at < line.to() && line.bytes()[at] != separator ? at : -1;
    }

    private static int columnEnd(LineReader line, int from, byte separator) {
        int at = from;
        while (at < line.to() && line.bytes()[at] != separator) {
            at++;
        }
        return at;
    }
}
