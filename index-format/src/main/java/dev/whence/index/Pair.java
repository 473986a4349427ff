package dev.whence.index;

/**
 * A (domain, dataset) pair in one number: the ordinal above, the dataset below. Their order as
 * signed numbers is by ordinal, then by dataset as an unsigned number.
 */
final class Pair {
    private Pair() {}

    static long of(int ordinal, int datasetId) {
        return (long) ordinal << Integer.SIZE | Integer.toUnsignedLong(datasetId);
    }

    static int ordinal(long pair) {
        return (int) (pair >>> Integer.SIZE);
    }

    static int dataset(long pair) {
        return (int) pair;
    }
}
