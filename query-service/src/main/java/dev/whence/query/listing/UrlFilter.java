package dev.whence.query.listing;

import dev.whence.lake.UrlRange;
import dev.whence.lake.UrlRow;

/**
 * Which of a domain's URLs are wanted: a range of the sorted rows, which costs nothing to pass by,
 * and what only a look at each row tells.
 *
 * @param pathPrefix what path and query begin with on any host; empty for all. With a host it is
 *     part of the range instead
 * @param fromMicros not captured before; {@link Long#MIN_VALUE} for no bound
 * @param toMicros captured before; {@link Long#MAX_VALUE} for no bound
 */
public record UrlFilter(UrlRange range, String pathPrefix, long fromMicros, long toMicros) {
    /** All URLs. */
    public static final UrlFilter NONE = of(UrlRange.ALL);

    /** The URLs of a range. */
    public static UrlFilter of(UrlRange range) {
        return new UrlFilter(range, "", Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Whether it lets everything through. */
    public boolean isNone() {
        return range.isAll() && !looksAtRows();
    }

    /** Whether rows have to be read to tell which are wanted, so that nobody knows how many. */
    public boolean looksAtRows() {
        return !pathPrefix.isEmpty() || isTimed();
    }

    /** Whether a row of the range is wanted; one without a time is in no span of time. */
    boolean takes(UrlRow row) {
        return row.pathQuery().startsWith(pathPrefix)
                && (!isTimed()
                        || (row.tsMicros() != UrlRow.NO_TS
                                && row.tsMicros() >= fromMicros
                                && row.tsMicros() < toMicros));
    }

    private boolean isTimed() {
        return fromMicros != Long.MIN_VALUE || toMicros != Long.MAX_VALUE;
    }
}
