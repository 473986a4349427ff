package dev.whence.query;

import dev.whence.url.CanonicalUrl;
import dev.whence.url.InvalidUrlException;
import dev.whence.url.PublicSuffixes;
import dev.whence.url.UrlCanonicalizer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.regex.Pattern;

/**
 * The domain, host or URL that somebody means by what he typed, as the lake has it. Thread-safe:
 * canonicalizers are not, so a few are kept and handed round.
 */
public final class CanonicalNames {
    private static final int KEPT = 64;

    /** Longest text looked at, in characters: a host name has at most 253, more in Unicode. */
    private static final int LONGEST = 1_024;

    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");

    private final BlockingQueue<UrlCanonicalizer> idle = new ArrayBlockingQueue<>(KEPT);
    private final PublicSuffixes suffixes;

    /** A question to a canonicalizer. */
    private interface Question<T> {
        T of(UrlCanonicalizer canonicalizer) throws InvalidUrlException;
    }

    public CanonicalNames(PublicSuffixes suffixes) {
        this.suffixes = suffixes;
    }

    /**
     * The registrable domain of a host or domain in any case, Unicode or ASCII.
     *
     * @throws QueryException.InvalidDomain if it is neither
     */
    public String domain(String text) throws QueryException {
        checkLength(text);
        try {
            return ask(canonicalizer -> canonicalizer.domainOf(text));
        } catch (InvalidUrlException e) {
            throw new QueryException.InvalidDomain("This is " + e.getMessage() + ".");
        }
    }

    /**
     * A host in any case, Unicode or ASCII, with or without a port, as it stands in URLs.
     *
     * @throws QueryException.InvalidDomain if it is none
     */
    public String host(String text) throws QueryException {
        checkLength(text);
        var port = PORT.matcher(text);
        int end = port.find() ? port.start() : text.length();
        try {
            CanonicalUrl url =
                    ask(canonicalizer ->
                            canonicalizer.canonicalize("http://" + text.substring(0, end) + "/"));
            if (url.pathQuery().equals("/") && !PORT.matcher(url.host()).find()) {
                return url.host() + text.substring(end);
            }
        } catch (InvalidUrlException e) {
            throw new QueryException.InvalidDomain("This is " + e.getMessage() + ".");
        }
        throw new QueryException.InvalidDomain(
                "A host is a name or an address, with :port or without, and no more.");
    }

    /**
     * A URL in its canonical form.
     *
     * @throws QueryException.InvalidUrl if the lake takes no such URL
     */
    public CanonicalUrl url(String text) throws QueryException {
        try {
            return ask(canonicalizer -> canonicalizer.canonicalize(text));
        } catch (InvalidUrlException e) {
            throw new QueryException.InvalidUrl("This is " + e.getMessage() + ".");
        }
    }

    private <T> T ask(Question<T> question) throws InvalidUrlException {
        UrlCanonicalizer canonicalizer = idle.poll();
        if (canonicalizer == null) {
            canonicalizer = new UrlCanonicalizer(suffixes);
        }
        try {
            return question.of(canonicalizer);
        } finally {
            // A full queue means that enough are kept.
            boolean kept = idle.offer(canonicalizer);
            assert kept || idle.remainingCapacity() == 0;
        }
    }

    private static void checkLength(String text) throws QueryException {
        if (text.length() > LONGEST) {
            throw new QueryException.InvalidDomain(
                    "A domain has at most %d characters, not %d."
                            .formatted(LONGEST, text.length()));
        }
    }
}
