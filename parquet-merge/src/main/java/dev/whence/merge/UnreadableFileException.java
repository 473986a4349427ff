package dev.whence.merge;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A Parquet file that is damaged, encrypted or of a kind that cannot be read; names it. */
public final class UnreadableFileException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnreadableFileException(String key, String problem, @Nullable Throwable cause) {
        super("%s: %s".formatted(key, problem), cause);
    }
}
