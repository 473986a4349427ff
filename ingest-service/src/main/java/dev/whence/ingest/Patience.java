package dev.whence.ingest;

/**
 * What the reading thread does while it cannot go on: it stays a member of its group, takes no
 * record, and learns when its work is not its own any more.
 */
public interface Patience {

    /** Called often in long work; costs nothing most of the time. */
    void beat(Tenure tenure) throws AbandonedException;

    void sleep(Tenure tenure, long millis) throws AbandonedException;

    /**
     * Finds memory for a row that the pool refused: waits for flushes under way, or spills this
     * one.
     *
     * @throws NoRoomException if the flush has to end before the present record
     */
    void makeRoom(Flush flush) throws AbandonedException, NoRoomException;
}
