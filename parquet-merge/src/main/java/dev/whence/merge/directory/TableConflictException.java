package dev.whence.merge.directory;

import java.io.IOException;

/** A change that other writers were ahead of, every time that it was tried; nothing was changed. */
public final class TableConflictException extends IOException {
    private static final long serialVersionUID = 1L;

    TableConflictException(String message) {
        super(message);
    }
}
