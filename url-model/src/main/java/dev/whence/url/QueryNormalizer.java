package dev.whence.url;

/**
 * Writes the query of a URL: its parameters in the order of their keys, with escapes normalised.
 * Empty parameters, as in {@code a&&b}, are none, and a query without parameters is none either.
 */
final class QueryNormalizer {
    private final ParameterOrder order;

    QueryNormalizer(ParameterOrder order) {
        this.order = order;
    }

    /** Appends the query {@code text[from, to)}, which stands without its question mark. */
    void append(ParsedUrl url, byte[] text, int from, int to) {
        int mark = url.length;
        int at = from;
        while (at < to) {
            int parameter = at;
            while (at < to && text[at] != '&') {
                at++;
            }
            if (at > parameter) {
                url.append(url.length == mark ? '?' : '&');
                EscapeNormalizer.append(url, text, parameter, at, Ascii.ESCAPED_IN_QUERY);
            }
            at++;
        }
        if (url.length > mark) {
            order.sort(url.bytes, mark + 1, url.length);
        }
    }
}
