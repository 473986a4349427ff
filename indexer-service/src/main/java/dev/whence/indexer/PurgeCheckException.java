package dev.whence.indexer;

import java.io.IOException;

/** Files that were written without what is taken down would lack other rows, too. */
public final class PurgeCheckException extends IOException {
    private static final long serialVersionUID = 1L;

    PurgeCheckException(String message) {
        super(message);
    }
}
