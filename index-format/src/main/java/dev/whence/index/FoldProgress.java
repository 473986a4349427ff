package dev.whence.index;

/**
 * Is told now and then how far a fold is, by the thread that folds. What it throws ends the fold
 * and comes out of it.
 */
public interface FoldProgress {
    FoldProgress NONE = (done, of) -> {};

    /** So many domains or pairs are read before it is told again. */
    int STEP = 1 << 16;

    /**
     * Says how far it is.
     *
     * @param done domains, or (domain, dataset) pairs, that were gone through
     * @param of how many there are
     */
    void at(long done, long of);
}
