package dev.whence.access;

import dev.whence.access.Takedown.Scope;
import dev.whence.url.CanonicalUrl;
import dev.whence.url.InvalidUrlException;
import dev.whence.url.PublicSuffixes;
import dev.whence.url.UrlCanonicalizer;
import java.util.regex.Pattern;

/**
 * What somebody means by the domain, host or URL prefix that he types, as the lake has it. Not
 * thread-safe.
 */
public final class TakedownNames {
    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
    private static final int GREATEST_PORT = 65_535;

    private final UrlCanonicalizer canonicalizer = new UrlCanonicalizer(PublicSuffixes.bundled());

    /**
     * The canonical value of a takedown.
     *
     * @throws RefusedChangeException if there is none, or if it is wider than what was typed
     */
    public String canonical(Scope scope, String typed) throws RefusedChangeException {
        try {
            return switch (scope) {
                case DOMAIN -> domain(typed);
                case HOST -> host(typed);
                case URL_PREFIX -> prefix(typed);
            };
        } catch (InvalidUrlException e) {
            throw new RefusedChangeException(
                    "'%s' is %s.".formatted(Texts.shown(typed), e.getMessage()));
        }
    }

    /** The host's own domain would be wider: whoever means that says so. */
    private String domain(String typed) throws InvalidUrlException, RefusedChangeException {
        String domain = canonicalizer.domainOf(typed);
        String host = canonicalizer.canonicalize("http://" + bracketed(typed) + "/").host();
        if (!domain.equals(host)) {
            throw new RefusedChangeException(
                    "%s is a host of %s; take down that domain, or the host alone."
                            .formatted(host, domain));
        }
        return domain;
    }

    private String host(String typed) throws InvalidUrlException, RefusedChangeException {
        String text = bracketed(typed);
        var port = PORT.matcher(text);
        int end = port.find() ? port.start() : text.length();
        CanonicalUrl url = canonicalizer.canonicalize("http://" + text.substring(0, end) + "/");
        int number = end == text.length() ? 0 : Integer.parseInt(text.substring(end + 1));
        if (!url.pathQuery().equals("/")
                || PORT.matcher(url.host()).find()
                || number > GREATEST_PORT) {
            throw new RefusedChangeException(
                    "'%s' is not a host: a name or an address, with :port or without, and no more."
                            .formatted(Texts.shown(typed)));
        }
        return end == text.length() ? url.host() : url.host() + ":" + number;
    }

    /**
     * A fragment, or a query that has not begun, is in no URL of the lake: what is left is wider.
     */
    private String prefix(String typed) throws InvalidUrlException, RefusedChangeException {
        if (typed.indexOf('#') >= 0 || typed.strip().endsWith("?")) {
            throw new RefusedChangeException(
                    "'%s' has a fragment or an empty query, which no URL here has; say the prefix without it, if that is meant."
                            .formatted(Texts.shown(typed)));
        }
        CanonicalUrl url = canonicalizer.canonicalize(typed);
        return url.host() + url.pathQuery();
    }

    /** IPv6 may be typed without its brackets: two colons make an address. */
    private static String bracketed(String typed) {
        String text = typed.strip();
        boolean bare = !text.startsWith("[") && text.indexOf(':') != text.lastIndexOf(':');
        return bare ? "[" + text + "]" : text;
    }
}
