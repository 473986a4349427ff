package dev.whence.indexer;

/** The steps of a publish, in order. */
public enum Phase {
    PLAN,
    BUILD,
    CHECK,
    PUBLISH
}
