package dev.whence.catalog;

import org.jspecify.annotations.Nullable;

/**
 * What a batch does to its dataset.
 *
 * @param rewriteMode what {@link Strategy#onlyAdds} never makes use of
 * @param dedupOrderBy which of the rows of one URL wins, for {@link Strategy#DEDUPLICATE}: {@code
 *     ts}, {@code ts asc} or {@code ts desc}; null for the last
 * @param part which part of a source that has to be looked at whole; null for all of it, and for
 *     strategies to which that is the same
 * @param all whether the batch has no rows and is meant for every row of the dataset: a retraction
 */
public record Effect(
        Strategy strategy,
        RewriteMode rewriteMode,
        @Nullable String dedupOrderBy,
        @Nullable BatchPart part,
        boolean all) {

    /** A batch's of which nothing more is said than its strategy. */
    public static Effect of(Strategy strategy) {
        return new Effect(strategy, RewriteMode.AUTO, null, null, false);
    }

    /** The end of a dataset. */
    public static Effect retraction() {
        return new Effect(Strategy.DELETE, RewriteMode.AUTO, null, null, true);
    }

    /**
     * Whether batches that follow one another with this effect do together what they do one by one.
     */
    public boolean canBeJoined() {
        return !all && !strategy.needsWholeSource();
    }
}
