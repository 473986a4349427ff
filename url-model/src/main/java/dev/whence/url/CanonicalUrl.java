package dev.whence.url;

/**
 * A canonical URL as strings. All parts are ASCII. {@code scheme://host + pathQuery} is the URL;
 * {@code host} is {@code host[:port]}; {@code pathQuery} begins with a slash; {@code domain} is the
 * registrable domain, or the whole host without its port where there is none (an IP address, {@code
 * localhost}, a public suffix itself).
 */
public record CanonicalUrl(Scheme scheme, String host, String pathQuery, String domain) {

    /** The whole URL. */
    public String url() {
        return scheme.text() + "://" + host + pathQuery;
    }

    /**
     * The URL's fingerprint: XXH3-64 of its bytes. Two URLs may share one; only the strings decide.
     */
    public long urlId() {
        return Fingerprint.of(url());
    }

    /** The domain's fingerprint: XXH3-64 of its bytes. */
    public long domainId() {
        return Fingerprint.of(domain);
    }
}
