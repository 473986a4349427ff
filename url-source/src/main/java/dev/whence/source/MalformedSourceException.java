package dev.whence.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A source file that is not of its format; the message names the file and the place, and repeats
 * none of its content.
 */
public final class MalformedSourceException extends IOException {
    private static final long serialVersionUID = 1L;

    public MalformedSourceException(String source, String problem, @Nullable Throwable cause) {
        super(source + ": " + problem, cause);
    }
}
