package dev.whence.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An operation on an object that failed; the message names the key. */
public class ObjectStoreException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String key;

    public ObjectStoreException(String key, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.key = key;
    }

    public String key() {
        return key;
    }
}
