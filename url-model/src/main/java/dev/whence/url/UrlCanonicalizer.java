package dev.whence.url;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Brings URLs to their canonical form, see {@code docs/canonical-urls.md}. Plain ASCII URLs take a
 * byte-wise fast path, everything else the full one; both give the same answer. Holds buffers: not
 * thread-safe, one for each thread.
 */
public final class UrlCanonicalizer {
    /** Longest input taken, and longest canonical form, in bytes of UTF-8. */
    public static final int MAX_INPUT_BYTES = 16 << 10;

    /** Longest host of a canonical form, in bytes, port not counted: the limit of the DNS. */
    public static final int MAX_HOST_BYTES = 253;

    private final ParsedUrl url = new ParsedUrl();
    private final PublicSuffixes suffixes;
    private final PlainUrls plainUrls;
    private final UrlParser parser;
    private final boolean fastPath;

    public UrlCanonicalizer(PublicSuffixes suffixes) {
        this(suffixes, true);
    }

    /**
     * @param fastPath false to send every URL the full path, which gives the same answers
     */
    UrlCanonicalizer(PublicSuffixes suffixes, boolean fastPath) {
        ParameterOrder order = new ParameterOrder();
        this.suffixes = suffixes;
        this.plainUrls = new PlainUrls(url, suffixes, order);
        this.parser = new UrlParser(url, suffixes, order);
        this.fastPath = fastPath;
    }

    /**
     * Canonicalizes the UTF-8 text {@code input[from, to)}.
     *
     * @return null when the URL was taken: {@link #parsed()} then holds it; else the reason why not
     */
    public @Nullable Rejection canonicalize(byte[] input, int from, int to) {
        if (to - from > MAX_INPUT_BYTES) {
            return Rejection.TOO_LONG;
        }
        if (!fastPath || !plainUrls.take(input, from, to)) {
            Rejection rejection = parser.parse(input, from, to);
            if (rejection != null) {
                return rejection;
            }
        }
        // Or a canonical form, longer than what it came from, would not be an input any more.
        return url.length > MAX_INPUT_BYTES ? Rejection.TOO_LONG : null;
    }

    /**
     * The last URL that was taken, valid until the next call; of no meaning after a rejection. It
     * is always the same object.
     */
    public ParsedUrl parsed() {
        return url;
    }

    /** The same for one string. */
    public CanonicalUrl canonicalize(String input) throws InvalidUrlException {
        byte[] bytes = utf8(input, "URL");
        Rejection rejection = canonicalize(bytes, 0, bytes.length);
        if (rejection != null) {
            throw rejected("URL", rejection);
        }
        return url.toCanonicalUrl();
    }

    /**
     * The registrable domain of what a person typed: a domain or host in any case, Unicode or
     * ASCII, with a trailing dot or without ({@code WWW.Bücher.example} gives {@code
     * xn--bcher-kva.example}); an IP address is its own domain, IPv6 with brackets or without.
     */
    public String domainOf(String host) throws InvalidUrlException {
        String typed = host.strip();
        byte[] bytes = utf8(isBareIpv6(typed) ? "[" + typed + "]" : typed, "host");
        if (bytes.length == 0) {
            throw rejected("host", Rejection.EMPTY);
        }
        Host parsed = Host.parse(bytes, 0, bytes.length);
        if (parsed == null) {
            throw rejected("host", Rejection.INVALID_HOST);
        }
        if (parsed.isAddress()) {
            return parsed.name();
        }
        byte[] name = parsed.name().getBytes(StandardCharsets.ISO_8859_1);
        return parsed.name().substring(suffixes.registrableStart(name, 0, name.length));
    }

    /** Two colons make an address; one would make a port, which no domain has. */
    private static boolean isBareIpv6(String typed) {
        return !typed.startsWith("[") && typed.indexOf(':') != typed.lastIndexOf(':');
    }

    private static byte[] utf8(String text, String what) throws InvalidUrlException {
        // No string is shorter in UTF-8, so this bounds what is encoded.
        if (text.length() > MAX_INPUT_BYTES) {
            throw rejected(what, Rejection.TOO_LONG);
        }
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException unpairedSurrogate) {
            throw rejected(what, Rejection.NOT_UTF8);
        }
    }

    private static InvalidUrlException rejected(String what, Rejection rejection) {
        return new InvalidUrlException(
                rejection,
                "not a "
                        + what
                        + " that Whence takes ("
                        + rejection.code()
                        + "): "
                        + rejection.explanation());
    }
}
