package dev.whence.merge;

/** Told how far a merge is; called from any of its threads, often, and must return at once. */
@FunctionalInterface
public interface Progress {
    Progress NONE = (phase, done, of) -> {};

    /** The steps that can take long. */
    enum Phase {
        READ_SOURCE,
        PLAN,
        REWRITE,
        INSERT
    }

    /**
     * Something was done.
     *
     * @param done files, row groups or rows that are done, of {@code of}
     */
    void at(Phase phase, long done, long of);
}
