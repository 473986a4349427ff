package dev.whence.index;

/** A place in one block of {@code members}, whatever the format's version. Not thread-safe. */
interface MemberEntries {

    /** Goes to an ordinal's entry; false if there is none. For a fresh place. */
    boolean seek(int ordinal);

    /** Moves to the next entry; false at the end. The entry before was read whole. */
    boolean nextEntry();

    /** Moves to the entry's next pair; false at its end. */
    boolean nextPair();

    int ordinal();

    int datasetId();

    long change();
}
