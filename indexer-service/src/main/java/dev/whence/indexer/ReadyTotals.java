package dev.whence.indexer;

/**
 * What became of what was ready, since the start.
 *
 * @param taken a version took it in
 * @param dropped what it stands for was changed meanwhile, or the attempt to take it in failed
 */
public record ReadyTotals(long taken, long dropped) {
    static final ReadyTotals NONE = new ReadyTotals(0, 0);

    ReadyTotals plus(ReadyTotals others) {
        return new ReadyTotals(taken + others.taken, dropped + others.dropped);
    }

    ReadyTotals plusTaken(long more) {
        return new ReadyTotals(taken + more, dropped);
    }

    ReadyTotals plusDropped(long more) {
        return new ReadyTotals(taken, dropped + more);
    }
}
