package dev.whence.query.cdx;

import dev.whence.query.QueryException;
import dev.whence.query.cdx.CdxQuestion.Collapse;
import java.util.List;

/**
 * Which lines are wanted of a scope.
 *
 * @param from not before these digits, as far as they go; empty for no bound
 * @param to not after these, as far as they go; empty for no bound
 * @param collapse of neighbours that are alike in one of these, the first is told
 * @param window which of the scope's rows are looked at, before anything else
 * @param offset how many of the lines are left out at first
 * @param limit at most so many lines
 */
public record CdxQuestion(
        CdxScope scope,
        String from,
        String to,
        List<CdxFilter> filters,
        List<Collapse> collapse,
        Window window,
        long offset,
        long limit) {
    private static final String AFTER_ALL = "99999999999999";

    public CdxQuestion {
        filters = List.copyOf(filters);
        collapse = List.copyOf(collapse);
    }

    /**
     * Rows of a scope by number, in their order.
     *
     * @param rows how many; {@link Long#MAX_VALUE} for all
     */
    public record Window(long first, long rows) {
        public static final Window ALL = new Window(0, Long.MAX_VALUE);
    }

    /**
     * When neighbours are alike.
     *
     * @param length how many characters of the field are compared; {@link Integer#MAX_VALUE} for
     *     all
     */
    public record Collapse(CdxField field, int length) {
        String part(CdxRow row) {
            String value = field.value(row);
            return value.substring(0, Math.min(length, value.length()));
        }
    }

    /** What tells its lines from those of any other question, in cursors. */
    String identity() {
        return "cdx %s %s %s %s %s".formatted(scope, from, to, filters, collapse);
    }

    boolean takes(CdxRow row) throws QueryException {
        if (!isInTime(row)) {
            return false;
        }
        for (CdxFilter filter : filters) {
            if (!filter.takes(row)) {
                return false;
            }
        }
        return true;
    }

    /** A row without a time is in no span of time. */
    private boolean isInTime(CdxRow row) {
        if (from.isEmpty() && to.isEmpty()) {
            return true;
        }
        String time = row.timestamp();
        return !time.equals(CdxRow.NONE)
                && time.compareTo(from) >= 0
                && time.compareTo(to + AFTER_ALL.substring(to.length())) <= 0;
    }

    boolean areAlike(CdxRow one, CdxRow other) {
        return collapse.stream().anyMatch(each -> each.part(one).equals(each.part(other)));
    }
}
