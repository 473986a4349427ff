package dev.whence.query;

import dev.whence.url.InvalidUrlException;
import dev.whence.url.PublicSuffixes;
import dev.whence.url.UrlCanonicalizer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The domain that somebody means by what he typed. Thread-safe: canonicalizers are not, so a few
 * are kept and handed round.
 */
public final class DomainNames {
    private static final int KEPT = 64;

    /** Longest text looked at, in characters: a host name has at most 253, more in Unicode. */
    private static final int LONGEST = 1_024;

    private final BlockingQueue<UrlCanonicalizer> idle = new ArrayBlockingQueue<>(KEPT);
    private final PublicSuffixes suffixes;

    public DomainNames(PublicSuffixes suffixes) {
        this.suffixes = suffixes;
    }

    /**
     * The registrable domain of a host or domain in any case, Unicode or ASCII.
     *
     * @throws QueryException.InvalidDomain if it is neither
     */
    public String parse(String text) throws QueryException {
        if (text.length() > LONGEST) {
            throw new QueryException.InvalidDomain(
                    "A domain has at most %d characters, not %d."
                            .formatted(LONGEST, text.length()));
        }
        UrlCanonicalizer canonicalizer = idle.poll();
        if (canonicalizer == null) {
            canonicalizer = new UrlCanonicalizer(suffixes);
        }
        try {
            return canonicalizer.domainOf(text);
        } catch (InvalidUrlException e) {
            throw new QueryException.InvalidDomain("This is " + e.getMessage() + ".");
        } finally {
            // A full queue means that enough are kept.
            boolean kept = idle.offer(canonicalizer);
            assert kept || idle.remainingCapacity() == 0;
        }
    }
}
