package dev.whence.query.version;

import dev.whence.catalog.Version;
import dev.whence.catalog.VersionChain;
import dev.whence.query.BoundedCache;
import dev.whence.query.QueryException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The versions that are kept, told from the one that is served backwards. Thread-safe. */
public final class VersionHistory {
    private static final int MOST_KEPT = 512;

    private final VersionChain chain;
    private final BoundedCache<Long, VersionSummary> summaries = BoundedCache.ofCount(MOST_KEPT);

    public VersionHistory(VersionChain chain) {
        this.chain = chain;
    }

    /**
     * Versions below {@code before}, newest first, at most {@code limit}; fewer when no older one
     * is kept.
     */
    public List<VersionSummary> list(OpenVersion served, long before, int limit)
            throws IOException, QueryException {
        List<VersionSummary> found = new ArrayList<>();
        long oldest = oldest(served);
        for (long number = Math.min(served.number(), before - 1);
                number >= oldest && found.size() < limit;
                number--) {
            found.add(get(served, number));
        }
        return found;
    }

    /** The number of the oldest version that is kept. */
    public long oldest(OpenVersion served) {
        return Math.max(1, served.version().oldestRetained());
    }

    /** One of them. */
    public VersionSummary get(OpenVersion served, long number) throws IOException, QueryException {
        if (number == served.number()) {
            return VersionSummary.of(served.version());
        }
        if (number > served.number() || number < 1) {
            throw new QueryException.UnknownVersion(number, served.number());
        }
        if (number < oldest(served)) {
            throw new QueryException.RetiredVersion(number, oldest(served), served.number());
        }
        return summaries.get(number, () -> VersionSummary.of(read(number)));
    }

    private Version read(long number) throws IOException, QueryException {
        return chain.read(number)
                .orElseThrow(() ->
                        new QueryException.InconsistentVersion(
                                "Version %d should still be kept, and is not in the store."
                                        .formatted(number)));
    }
}
