package dev.whence.indexer;

import java.io.IOException;

/**
 * Nothing can be published until a person has looked: the log, the lake or the index holds what
 * this indexer cannot take. The message names it.
 */
public final class IndexingStoppedException extends IOException {
    private static final long serialVersionUID = 1L;

    IndexingStoppedException(String message) {
        super(message);
    }
}
