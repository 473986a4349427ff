package dev.whence.catalog;

/** How an attempt to put the next number of a chain ended. */
public sealed interface Commit<T> {

    /** It is ours. */
    record Done<T>(T entry) implements Commit<T> {}

    /** Another writer was first; this is what it put. */
    record Lost<T>(T winner) implements Commit<T> {}
}
