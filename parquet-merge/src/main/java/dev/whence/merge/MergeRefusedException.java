package dev.whence.merge;

/** A merge that cannot be done as it was asked for; nothing was written. The message says why. */
public final class MergeRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MergeRefusedException(String message) {
        super(message);
    }
}
