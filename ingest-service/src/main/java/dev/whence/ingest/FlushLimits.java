package dev.whence.ingest;

import java.time.Duration;

/**
 * When a flush is due, and how much memory all of them share.
 *
 * @param flushBytes buffered rows of one partition at which they are flushed
 * @param flushAge time after the first record at which they are flushed
 * @param bufferBytes buffered rows of all partitions, those being written included
 */
public record FlushLimits(long flushBytes, Duration flushAge, long bufferBytes) {
    /** A chunk of the pool: what the memory of a partition with few rows comes to. */
    public static final int CHUNK_BYTES = 256 << 10;

    public static final long DEFAULT_FLUSH_BYTES = 64L << 20;
    public static final Duration DEFAULT_FLUSH_AGE = Duration.ofSeconds(1);

    /** So much that the rows of a flush are still counted by an int. */
    static final long MAX_BYTES = 64L << 30;

    /** Files of one flush: a flush over more datasets than that ends early. */
    static final int MAX_GROUPS = 1_024;

    public FlushLimits {
        Bounds.require("flush-bytes", flushBytes, CHUNK_BYTES, MAX_BYTES);
        Bounds.require("flush-age (ms)", flushAge.toMillis(), 1, Duration.ofHours(1).toMillis());
        Bounds.require("buffer-bytes", bufferBytes, CHUNK_BYTES, MAX_BYTES);
    }
}
