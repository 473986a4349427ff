package dev.whence.parquet;

import java.io.IOException;

/** A page whose header claims more bytes than the reader has memory for. */
public final class PageTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    PageTooLargeException(long bytes, long most) {
        super(
                "a page claims %d bytes, more than the %d that one may have in this heap"
                        .formatted(bytes, most));
    }
}
