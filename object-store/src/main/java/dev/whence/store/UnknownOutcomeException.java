package dev.whence.store;

/**
 * A put whose outcome nobody knows: the object may be there, now or later. Read it back; delete
 * nothing.
 */
public final class UnknownOutcomeException extends ObjectStoreException {
    private static final long serialVersionUID = 1L;

    public UnknownOutcomeException(
            String key, String message, @org.jspecify.annotations.Nullable Throwable cause) {
        super(key, message, cause);
    }
}
