package dev.whence.lake;

import dev.whence.url.CanonicalUrl;
import org.jspecify.annotations.Nullable;

/**
 * Neighbours in the order of a domain's rows: a host, the URLs that begin in the same way, or a
 * single URL. Since every file is sorted, they are one range of rows of each run.
 *
 * @param from the least key in it
 * @param to the least key behind it; null for no end
 */
public record UrlRange(UrlKey from, @Nullable UrlKey to) {
    /** All rows of the domain. */
    public static final UrlRange ALL = new UrlRange(UrlKey.FIRST, null);

    /**
     * The URLs of a host.
     *
     * @param host {@code host[:port]}
     */
    public static UrlRange ofHost(String host) {
        return new UrlRange(UrlKey.ofHost(host), UrlKey.beyondHost(host));
    }

    /** The URLs of a host, of any scheme, whose path and query begin so. */
    public static UrlRange ofPrefix(String host, String pathPrefix) {
        return new UrlRange(
                new UrlKey(host, pathPrefix, ""), UrlKey.beyondPrefix(host, pathPrefix));
    }

    /** One URL, which may stand in several rows. */
    public static UrlRange of(CanonicalUrl url) {
        String scheme = url.scheme().text();
        return new UrlRange(
                new UrlKey(url.host(), url.pathQuery(), scheme),
                new UrlKey(url.host(), url.pathQuery(), scheme + '\0'));
    }

    /** All rows from those of the next host on. */
    public static UrlRange beyondHost(String host) {
        return new UrlRange(UrlKey.beyondHost(host), null);
    }

    /** Whether it is the whole domain. */
    public boolean isAll() {
        return from.equals(UrlKey.FIRST) && to == null;
    }

    /** Whether a row is in it. */
    public boolean contains(UrlRow row) {
        UrlKey key = new UrlKey(row.host(), row.pathQuery(), row.scheme().text());
        return key.compareTo(from) >= 0 && (to == null || key.compareTo(to) < 0);
    }
}
