package dev.whence.merge;

/**
 * Exact counts of a merge.
 *
 * @param sourceRows rows of the source
 * @param sourceDuplicates those of them that another row of the same key won over
 * @param inserted source rows added
 * @param updated keys whose target row was replaced
 * @param deleted target rows that are gone, those included that were further rows of an updated key
 * @param before rows of the target before
 * @param after rows of the target after: {@code before + inserted - deleted}
 */
public record MergeCounts(
        long sourceRows,
        long sourceDuplicates,
        long inserted,
        long updated,
        long deleted,
        long before,
        long after) {}
