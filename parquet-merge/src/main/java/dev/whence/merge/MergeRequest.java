package dev.whence.merge;

import java.util.List;

/**
 * What shall be done.
 *
 * @param keyColumns paths of primitive columns, dots between the parts; none for {@code append}
 * @param dedupOrderBy which of the source's rows of one key wins, for {@code deduplicate}: the
 *     first in this order; among equals, and without an order, the last in the source
 */
public record MergeRequest(
        MergeStrategy strategy,
        List<String> keyColumns,
        RewriteMode rewriteMode,
        List<SortOrder> dedupOrderBy) {

    /**
     * @throws MergeRefusedException if the parts do not go together; it names both
     */
    public MergeRequest {
        keyColumns = List.copyOf(keyColumns);
        dedupOrderBy = List.copyOf(dedupOrderBy);
        if (rewriteMode == RewriteMode.INCREMENTAL && !strategy.canBeIncremental()) {
            throw new MergeRefusedException(
                    "strategy %s cannot be combined with rewrite mode incremental; %s"
                            .formatted(
                                    strategy.text(),
                                    strategy.onlyAdds()
                                            ? "it never rewrites a file: use full or auto"
                                            : "it looks at every row: use full or auto"));
        }
        if (keyColumns.isEmpty() && strategy != MergeStrategy.APPEND) {
            throw new MergeRefusedException(
                    "strategy %s needs at least one key column".formatted(strategy.text()));
        }
        if (keyColumns.stream().distinct().count() < keyColumns.size()) {
            throw new MergeRefusedException(
                    "key columns %s: one stands twice".formatted(keyColumns));
        }
        if (!dedupOrderBy.isEmpty() && strategy != MergeStrategy.DEDUPLICATE) {
            throw new MergeRefusedException(
                    "dedup_order_by goes with strategy deduplicate only, not with "
                            + strategy.text());
        }
    }

    public static MergeRequest of(
            MergeStrategy strategy, RewriteMode rewriteMode, String... keyColumns) {
        return new MergeRequest(strategy, List.of(keyColumns), rewriteMode, List.of());
    }
}
