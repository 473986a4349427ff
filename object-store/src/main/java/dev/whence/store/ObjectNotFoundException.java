package dev.whence.store;

/** There is no object under the key. */
public final class ObjectNotFoundException extends ObjectStoreException {
    private static final long serialVersionUID = 1L;

    public ObjectNotFoundException(
            String key, String message, @org.jspecify.annotations.Nullable Throwable cause) {
        super(key, message, cause);
    }
}
