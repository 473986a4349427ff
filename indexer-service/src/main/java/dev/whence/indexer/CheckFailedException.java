package dev.whence.indexer;

import java.io.IOException;
import java.util.List;

/** A version that was built is not what the lake holds; it is not published. */
public final class CheckFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    CheckFailedException(long version, List<String> problems) {
        super(
                "Version %d is not published, its check found: %s"
                        .formatted(version, String.join("; ", problems)));
    }
}
