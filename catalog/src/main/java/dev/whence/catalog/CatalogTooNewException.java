package dev.whence.catalog;

/**
 * An object of the catalog in a format newer than this code: nothing to believe, but nothing that
 * is wrong with the store, either.
 */
public final class CatalogTooNewException extends CorruptCatalogException {
    private static final long serialVersionUID = 1L;

    CatalogTooNewException(String key, String problem) {
        super(key, problem, null);
    }
}
