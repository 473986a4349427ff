package dev.whence.ingest;

/**
 * How large a batch and its parts may be. What is larger is a dead letter, an over-long URL alone
 * is a reject.
 *
 * @param messageBytes of a whole message
 * @param extras entries in one URL's extras
 * @param extrasBytes of one URL's extras, keys and values in UTF-8
 * @param objects named by one claim check
 * @param claimRows URLs in the objects of one claim check: a small object may unpack to any number
 * @param rejectsBytes of rejected URLs that one batch may leave behind: beyond it, the batch is not
 *     what it says it is
 */
public record BatchLimits(
        int messageBytes,
        int extras,
        int extrasBytes,
        int objects,
        long claimRows,
        long rejectsBytes) {
    public static final BatchLimits DEFAULT =
            new BatchLimits(16 << 20, 64, 64 << 10, 10_000, 1_000_000_000, 1L << 30);

    /** The largest that {@code messageBytes} may be: a message is held whole, more than once. */
    public static final int MAX_MESSAGE_BYTES = 256 << 20;

    /** The largest that {@code extrasBytes} may be: a row with them has to fit in a chunk. */
    public static final int MAX_EXTRAS_BYTES = 128 << 10;

    public BatchLimits {
        Bounds.require("max-message-bytes", messageBytes, 1 << 10, MAX_MESSAGE_BYTES);
        Bounds.require("max-extras", extras, 0, 10_000);
        Bounds.require("max-extras-bytes", extrasBytes, 0, MAX_EXTRAS_BYTES);
        Bounds.require("max-objects", objects, 0, 1_000_000);
        Bounds.require("max-claim-rows", claimRows, 1, 1L << 40);
        Bounds.require("max-rejects-bytes", rejectsBytes, 1 << 10, 1L << 40);
    }
}
