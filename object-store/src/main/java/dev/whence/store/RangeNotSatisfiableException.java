package dev.whence.store;

/** A range that reaches beyond the object's end. */
public final class RangeNotSatisfiableException extends ObjectStoreException {
    private static final long serialVersionUID = 1L;

    public RangeNotSatisfiableException(
            String key, String message, @org.jspecify.annotations.Nullable Throwable cause) {
        super(key, message, cause);
    }
}
