package dev.whence.catalog;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An object of the catalog that is not what it should be; the message names it. */
public final class CorruptCatalogException extends IOException {
    private static final long serialVersionUID = 1L;

    CorruptCatalogException(String key, String problem, @Nullable Throwable cause) {
        super("Catalog object " + key + ": " + problem, cause);
    }
}
