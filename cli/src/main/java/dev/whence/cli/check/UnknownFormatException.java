package dev.whence.cli.check;

import java.io.IOException;

/** What is to be checked was written by a release whose formats this one does not read. */
public final class UnknownFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    UnknownFormatException(IOException cause) {
        super(
                "nothing was checked, as another release wrote this; check with that one. "
                        + cause.getMessage(),
                cause);
    }
}
