package dev.whence.indexer;

/**
 * What became of compacted files since the start, by groups that were put together.
 *
 * @param taken a version took them in
 * @param dropped their files were changed meanwhile, or the attempt to take them in failed
 */
public record CompactionTotals(long taken, long dropped) {
    static final CompactionTotals NONE = new CompactionTotals(0, 0);

    CompactionTotals plusTaken(long more) {
        return new CompactionTotals(taken + more, dropped);
    }

    CompactionTotals plusDropped(long more) {
        return new CompactionTotals(taken, dropped + more);
    }
}
