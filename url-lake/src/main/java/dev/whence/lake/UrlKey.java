package dev.whence.lake;

import java.util.Comparator;

/**
 * A place in the order of a domain's rows: by host, then path and query, then scheme, each by its
 * bytes. A key need not be that of a row.
 *
 * @param host {@code host[:port]}
 * @param pathQuery empty comes before every path
 * @param scheme empty comes before every scheme
 */
public record UrlKey(String host, String pathQuery, String scheme) implements Comparable<UrlKey> {
    /** Comes before every row. */
    static final UrlKey FIRST = new UrlKey("", "", "");

    private static final Comparator<UrlKey> ORDER =
            Comparator.comparing(UrlKey::host)
                    .thenComparing(UrlKey::pathQuery)
                    .thenComparing(UrlKey::scheme);

    /** URLs are ASCII, so this is greater than every character of one. */
    private static final char BEYOND = '\u0080';

    /** Comes before all rows of a host. */
    static UrlKey ofHost(String host) {
        return new UrlKey(host, "", "");
    }

    /** Comes after all rows of a host, and before those of the next. */
    public static UrlKey beyondHost(String host) {
        return beyondPrefix(host, "");
    }

    /** Comes after all rows of a host whose path and query begin so. */
    static UrlKey beyondPrefix(String host, String pathPrefix) {
        return new UrlKey(host, pathPrefix + BEYOND, "");
    }

    /** Whether rows of the same host are all before it, or all not. */
    boolean standsAtHost() {
        return pathQuery.isEmpty() || pathQuery.charAt(0) == BEYOND;
    }

    @Override
    public int compareTo(UrlKey other) {
        return ORDER.compare(this, other);
    }
}
