package dev.whence.catalog;

/**
 * What the next version says about old ones.
 *
 * @param oldestRetained the oldest version that readers may still ask for; what the versions up to
 *     it superseded is expired from then on
 * @param deletedUpTo everything that the versions up to this one superseded is deleted
 */
public record RetirePlan(long oldestRetained, long deletedUpTo) {
    /** The plan of version 1: nothing is older. */
    public static final RetirePlan FIRST = new RetirePlan(1, 0);
}
