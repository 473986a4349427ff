package dev.whence.merge.directory;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A table whose commits or files are not what they should be; nothing was changed. */
public final class CorruptTableException extends IOException {
    private static final long serialVersionUID = 1L;

    CorruptTableException(String key, String problem, @Nullable Throwable cause) {
        super("%s: %s".formatted(key, problem), cause);
    }
}
