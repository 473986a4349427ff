package dev.whence.query.rest;

import java.io.IOException;

/** A streamed answer that ended before its end; whoever broke it off has logged why. */
final class BrokenOffException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenOffException(Throwable cause) {
        super("an answer was broken off", cause);
    }
}
