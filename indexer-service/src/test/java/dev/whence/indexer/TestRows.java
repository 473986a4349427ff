package dev.whence.indexer;

import dev.whence.lake.UrlRow;
import dev.whence.url.CanonicalUrl;
import dev.whence.url.Scheme;
import java.util.Locale;
import java.util.Map;

/** Rows of plain URLs, whose registrable domain is the last two labels of the host. */
final class TestRows {
    private TestRows() {}

    static UrlRow row(String url) {
        int hostStart = url.indexOf("://") + 3;
        int pathStart = url.indexOf('/', hostStart);
        String host = url.substring(hostStart, pathStart);
        Scheme scheme = Scheme.valueOf(url.substring(0, hostStart - 3).toUpperCase(Locale.ROOT));
        return UrlRow.of(
                new CanonicalUrl(scheme, host, url.substring(pathStart), domainOf(url)),
                UrlRow.NO_TS,
                Map.of());
    }

    static String domainOf(String url) {
        int hostStart = url.indexOf("://") + 3;
        String host = url.substring(hostStart, url.indexOf('/', hostStart));
        int top = host.lastIndexOf('.');
        return host.substring(host.lastIndexOf('.', top - 1) + 1);
    }
}
