package dev.whence.cli.check;

/** How much of the lake a check compares the index with. */
public sealed interface LakeReach {
    /** Nothing: the index with itself, and with the table of datasets. */
    record None() implements LakeReach {}

    /**
     * The rows of random domains.
     *
     * @param domains how many, at least 1
     */
    record Sample(int domains) implements LakeReach {}

    /** Every live file. */
    record Whole() implements LakeReach {}
}
