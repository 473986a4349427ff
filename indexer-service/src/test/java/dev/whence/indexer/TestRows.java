package dev.whence.indexer;

import dev.whence.lake.UrlRow;
import dev.whence.url.CanonicalUrl;
import dev.whence.url.Scheme;
import java.util.Locale;
import java.util.Map;

/**
 * Rows of plain URLs, whose registrable domain is the last two labels of the host. A time may
 * follow, in microseconds: {@code http://a.example/ 42}.
 */
final class TestRows {
    private TestRows() {}

    static UrlRow row(String text) {
        String url = urlOf(text);
        int hostStart = url.indexOf("://") + 3;
        int pathStart = url.indexOf('/', hostStart);
        String host = url.substring(hostStart, pathStart);
        Scheme scheme = Scheme.valueOf(url.substring(0, hostStart - 3).toUpperCase(Locale.ROOT));
        return UrlRow.of(
                new CanonicalUrl(scheme, host, url.substring(pathStart), domainOf(url)),
                url.length() == text.length()
                        ? UrlRow.NO_TS
                        : Long.parseLong(text.substring(url.length() + 1)),
                Map.of());
    }

    /** A row as such a text. */
    static String text(UrlRow row) {
        return row.tsMicros() == UrlRow.NO_TS ? row.url() : row.url() + " " + row.tsMicros();
    }

    /** Without the time. */
    static String urlOf(String text) {
        int end = text.indexOf(' ');
        return end < 0 ? text : text.substring(0, end);
    }

    static String domainOf(String url) {
        int hostStart = url.indexOf("://") + 3;
        String host = url.substring(hostStart, url.indexOf('/', hostStart));
        int top = host.lastIndexOf('.');
        return host.substring(host.lastIndexOf('.', top - 1) + 1);
    }
}
