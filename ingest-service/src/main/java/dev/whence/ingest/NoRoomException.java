package dev.whence.ingest;

/**
 * No memory is left for a row, and the flush holds earlier records: it has to end before this one,
 * which is then taken again.
 */
public final class NoRoomException extends Exception {
    private static final long serialVersionUID = 1L;

    public NoRoomException() {
        super("no memory left for the rows of this record");
    }
}
