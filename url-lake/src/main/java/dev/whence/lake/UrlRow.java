package dev.whence.lake;

import dev.whence.url.CanonicalUrl;
import dev.whence.url.Scheme;
import java.util.Comparator;
import java.util.Map;

/**
 * A row of a URL file. All strings are ASCII but the extras.
 *
 * @param tsMicros when the URL was captured, microseconds since 1970 UTC; {@link #NO_TS} if nobody
 *     said
 * @param extras what else the producer sent; empty for nothing
 */
public record UrlRow(
        long domainId,
        long urlId,
        Scheme scheme,
        String host,
        String domain,
        String pathQuery,
        long tsMicros,
        Map<String, String> extras) {

    public static final long NO_TS = Long.MIN_VALUE;

    /** The order of rows in every file: domain, host, path and query, scheme, each by its bytes. */
    public static final Comparator<UrlRow> ORDER =
            Comparator.comparing(UrlRow::domain)
                    .thenComparing(UrlRow::host)
                    .thenComparing(UrlRow::pathQuery)
                    .thenComparing(row -> row.scheme().text());

    public static UrlRow of(CanonicalUrl url, long tsMicros, Map<String, String> extras) {
        return new UrlRow(
                url.domainId(),
                url.urlId(),
                url.scheme(),
                url.host(),
                url.domain(),
                url.pathQuery(),
                tsMicros,
                extras);
    }

    /** The canonical URL: the row's identity in its dataset. */
    public String url() {
        return scheme.text() + "://" + host + pathQuery;
    }
}
