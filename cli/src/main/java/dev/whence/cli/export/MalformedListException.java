package dev.whence.cli.export;

import java.io.IOException;

/** A list that is none, however often it is asked for; others were cut off, and can go on. */
final class MalformedListException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedListException(String message) {
        super(message);
    }
}
