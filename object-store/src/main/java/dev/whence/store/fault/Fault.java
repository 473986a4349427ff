package dev.whence.store.fault;

/** What happens to one put, put-if-absent, copy or delete. */
public enum Fault {
    /** It is not done, and says so: {@link dev.whence.store.StoreUnavailableException}. */
    REFUSED(false, false),
    /** It is done, and nobody knows. */
    DONE_BUT_UNKNOWN(true, false),
    /** It is not done, and nobody knows. */
    NOT_DONE_AND_UNKNOWN(false, false),
    /** The process ends just before it: it is not done, and nothing after it is. */
    DIES_BEFORE(false, true),
    /** The process ends just after it: it is done, and nothing after it is. */
    DIES_AFTER(true, true);

    private final boolean done;
    private final boolean deadly;

    Fault(boolean done, boolean deadly) {
        this.done = done;
        this.deadly = deadly;
    }

    boolean isDone() {
        return done;
    }

    boolean isDeadly() {
        return deadly;
    }
}
