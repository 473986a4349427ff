package dev.whence.store;

/** The store did not answer, or asked to slow down; another try may do. */
public final class StoreUnavailableException extends ObjectStoreException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(
            String key, String message, @org.jspecify.annotations.Nullable Throwable cause) {
        super(key, message, cause);
    }
}
