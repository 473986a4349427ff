package dev.whence.store;

/** The store refuses these credentials. */
public final class AccessDeniedException extends ObjectStoreException {
    private static final long serialVersionUID = 1L;

    public AccessDeniedException(
            String key, String message, @org.jspecify.annotations.Nullable Throwable cause) {
        super(key, message, cause);
    }
}
