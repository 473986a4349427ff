package dev.whence.catalog;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An object of the catalog that is not what it should be; the message names it. */
public sealed class CorruptCatalogException extends IOException permits CatalogTooNewException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the object under a key, as the end of a sentence. */
    public CorruptCatalogException(String key, String problem, @Nullable Throwable cause) {
        super("Catalog object " + key + ": " + problem, cause);
    }
}
