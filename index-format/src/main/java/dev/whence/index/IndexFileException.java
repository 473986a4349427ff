package dev.whence.index;

import java.io.IOException;

/**
 * An index file that cannot be read; the message names the file, and what was expected and found.
 */
public abstract sealed class IndexFileException extends IOException
        permits CorruptIndexFileException, IndexFileTooOldException, IndexFileTooNewException {
    private static final long serialVersionUID = 1L;

    IndexFileException(String file, String problem) {
        super("Index file " + file + ": " + problem);
    }
}
