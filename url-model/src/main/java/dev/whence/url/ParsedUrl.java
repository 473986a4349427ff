package dev.whence.url;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The last URL that a {@link UrlCanonicalizer} accepted, as bytes, without a copy: valid until that
 * canonicalizer's next call. {@code bytes[0, length)} is the canonical URL in ASCII; the host with
 * its port is {@code [hostStart, hostEnd)}, path and query are {@code [hostEnd, length)}, the
 * domain is {@code [domainStart, domainEnd)} inside the host. Not thread-safe, owned by its
 * canonicalizer.
 */
public final class ParsedUrl {
    byte[] bytes = new byte[1024];
    int length;
    Scheme scheme = Scheme.HTTP;
    int hostStart;
    int hostEnd;
    int domainStart;
    int domainEnd;

    ParsedUrl() {}

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public Scheme scheme() {
        return scheme;
    }

    public int hostStart() {
        return hostStart;
    }

    public int hostEnd() {
        return hostEnd;
    }

    public int domainStart() {
        return domainStart;
    }

    public int domainEnd() {
        return domainEnd;
    }

    /** XXH3-64 of the URL. */
    public long urlId() {
        return Fingerprint.of(bytes, 0, length);
    }

    /** XXH3-64 of the domain. */
    public long domainId() {
        return Fingerprint.of(bytes, domainStart, domainEnd - domainStart);
    }

    /** A copy as strings, which outlives the next call. */
    public CanonicalUrl toCanonicalUrl() {
        return new CanonicalUrl(
                scheme,
                text(hostStart, hostEnd),
                text(hostEnd, length),
                text(domainStart, domainEnd));
    }

    /** Makes room for {@code capacity} bytes in all; what is written stays. */
    void reserve(int capacity) {
        if (bytes.length < capacity) {
            bytes = Arrays.copyOf(bytes, Math.max(capacity, 2 * bytes.length));
        }
    }

    /** Needs room that was reserved. */
    void append(int b) {
        bytes[length++] = (byte) b;
    }

    /** Takes the room it needs. */
    @SuppressWarnings(
            "deprecation") // The one way to copy ASCII that neither encodes nor allocates.
    void append(String ascii) {
        reserve(length + ascii.length());
        ascii.getBytes(0, ascii.length(), bytes, length);
        length += ascii.length();
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
