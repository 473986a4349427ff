package dev.whence.ingest;

/**
 * How large a batch and its parts may be. What is larger is a dead letter, an over-long URL alone
 * is a reject.
 *
 * @param messageBytes of a whole message
 * @param extras entries in one URL's extras
 * @param extrasBytes of one URL's extras, keys and values in UTF-8
 * @param objects named by one claim check
 * @param rejectsBytes of rejected URLs that one batch may leave behind: beyond it, the batch is not
 *     what it says it is
 */
public record BatchLimits(
        int messageBytes, int extras, int extrasBytes, int objects, long rejectsBytes) {
    public static final BatchLimits DEFAULT =
            new BatchLimits(16 << 20, 64, 64 << 10, 10_000, 1L << 30);

    /** The largest that {@code extrasBytes} may be: a row with them has to fit in a chunk. */
    public static final int MAX_EXTRAS_BYTES = 128 << 10;

    public BatchLimits {
        Bounds.require("message-bytes", messageBytes, 1 << 10, 1 << 30);
        Bounds.require("extras", extras, 0, 10_000);
        Bounds.require("extras-bytes", extrasBytes, 0, MAX_EXTRAS_BYTES);
        Bounds.require("objects", objects, 0, 1_000_000);
        Bounds.require("rejects-bytes", rejectsBytes, 1 << 10, 1L << 40);
    }
}
