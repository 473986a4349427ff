package dev.whence.ingest;

import dev.whence.access.Takedown;
import dev.whence.access.Takedowns;
import dev.whence.url.CanonicalUrl;
import dev.whence.url.Fingerprint;
import dev.whence.url.ParsedUrl;
import java.util.Arrays;
import java.util.Collection;

/**
 * Which URLs are taken down. A URL of a domain that no takedown touches costs a look for its
 * fingerprint, and no string. Immutable and thread-safe.
 */
final class TakenDown {
    static final TakenDown NOTHING = new TakenDown(Takedowns.NONE);

    /** The reason by which the commit log counts such URLs. */
    static final String REASON = "taken-down";

    private final Takedowns takedowns;
    private final long[] domainIds;

    private TakenDown(Takedowns takedowns) {
        this.takedowns = takedowns;
        this.domainIds = takedowns.domains().stream().mapToLong(Fingerprint::of).sorted().toArray();
    }

    static TakenDown by(Collection<Takedown> takedowns) {
        return new TakenDown(Takedowns.of(takedowns));
    }

    /** Whether a URL is taken down. */
    boolean holds(ParsedUrl url) {
        if (domainIds.length == 0 || Arrays.binarySearch(domainIds, url.domainId()) < 0) {
            return false;
        }
        CanonicalUrl text = url.toCanonicalUrl();
        return takedowns.hide(text.domain(), text.host(), text.pathQuery());
    }
}
