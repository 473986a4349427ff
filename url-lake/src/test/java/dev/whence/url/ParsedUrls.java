package dev.whence.url;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Parsed URLs of given parts, as a canonicalizer would leave them. */
public final class ParsedUrls {
    private ParsedUrls() {}

    /** A URL whose host (with or without a port) contains the domain. */
    public static ParsedUrl of(Scheme scheme, String host, String domain, String pathQuery) {
        ParsedUrl url = new ParsedUrl();
        fill(url, scheme, host, domain, pathQuery);
        return url;
    }

    /** Puts another URL into a parsed one. */
    public static void fill(
            ParsedUrl url, Scheme scheme, String host, String domain, String pathQuery) {
        byte[] bytes =
                (scheme.text() + "://" + host + pathQuery).getBytes(StandardCharsets.US_ASCII);
        // Bytes behind the URL are of no account, and must not be read.
        url.bytes = Arrays.copyOf(bytes, bytes.length + 7);
        url.length = bytes.length;
        url.scheme = scheme;
        url.hostStart = scheme.text().length() + 3;
        url.hostEnd = url.hostStart + host.length();
        url.domainStart = url.hostStart + host.lastIndexOf(domain);
        url.domainEnd = url.domainStart + domain.length();
    }
}
