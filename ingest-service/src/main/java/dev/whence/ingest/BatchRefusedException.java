package dev.whence.ingest;

import org.jspecify.annotations.Nullable;

/**
 * A batch that cannot be taken, as a whole; the message is the reason that its dead letter gives.
 */
final class BatchRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    BatchRefusedException(String reason) {
        super(reason);
    }

    BatchRefusedException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
