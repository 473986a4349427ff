package dev.whence.indexer;

import java.io.IOException;

/**
 * Files that were put together would change what the lake holds. They are never published, and
 * nothing more is compacted by this process: a person has to look.
 */
public final class CompactionCheckException extends IOException {
    private static final long serialVersionUID = 1L;

    CompactionCheckException(String message) {
        super(message);
    }
}
