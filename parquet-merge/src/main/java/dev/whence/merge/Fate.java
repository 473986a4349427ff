package dev.whence.merge;

/** What became of a file. */
public enum Fate {
    /** Untouched: the same object as before. */
    PRESERVED,
    /** Its rows, changed, are in a new file, which took its place. */
    REWRITTEN,
    /** New, with rows of the source. */
    INSERTED,
    /** None of its rows is left. */
    REMOVED
}
