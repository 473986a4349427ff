package dev.whence.merge;

/**
 * What a merge will do and why, decided once. Holds the source's rows on scratch disk until it is
 * closed; otherwise immutable.
 */
public final class MergePlan implements AutoCloseable {

    @Override
    public void close() {}
}
