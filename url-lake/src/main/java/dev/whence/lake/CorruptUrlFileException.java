package dev.whence.lake;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An object that is not the URL file it should be: damaged, cut off, or of another schema. The
 * message names it.
 */
public final class CorruptUrlFileException extends IOException {
    private static final long serialVersionUID = 1L;

    public CorruptUrlFileException(String key, String problem, @Nullable Throwable cause) {
        super("URL file " + key + ": " + problem, cause);
    }
}
