package dev.whence.url;

import org.jspecify.annotations.Nullable;

/**
 * Brings URLs to their canonical form, see {@code docs/canonical-urls.md}. Plain ASCII URLs take a
 * byte-wise fast path, everything else the full one; both give the same answer. Holds buffers: not
 * thread-safe, one for each thread.
 */
public final class UrlCanonicalizer {
    /** Longest input taken, in bytes of UTF-8. */
    public static final int MAX_INPUT_BYTES = 16 << 10;

    public UrlCanonicalizer(PublicSuffixes suffixes) {
        throw new UnsupportedOperationException();
    }

    /**
     * Canonicalizes the UTF-8 text {@code input[from, to)}.
     *
     * @return null when the URL was taken: {@link #parsed()} then holds it; else the reason why not
     */
    public @Nullable Rejection canonicalize(byte[] input, int from, int to) {
        throw new UnsupportedOperationException();
    }

    /** The last URL that was taken, valid until the next call. */
    public ParsedUrl parsed() {
        throw new UnsupportedOperationException();
    }

    /** The same for one string. */
    public CanonicalUrl canonicalize(String input) throws InvalidUrlException {
        throw new UnsupportedOperationException();
    }

    /**
     * The registrable domain of what a person typed: a domain or host in any case, Unicode or
     * ASCII, with a trailing dot or without ({@code WWW.Bücher.example} gives {@code
     * xn--bcher-kva.example}); an IP address is its own domain.
     */
    public String domainOf(String host) throws InvalidUrlException {
        throw new UnsupportedOperationException();
    }
}
