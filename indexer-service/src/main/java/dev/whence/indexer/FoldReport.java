package dev.whence.indexer;

import dev.whence.catalog.IndexStack;
import java.time.Duration;

/**
 * What a fold beside the publishing did.
 *
 * @param blocks that were folded into one
 * @param bytesRead of these
 * @param bytesWritten of that one
 */
public record FoldReport(
        IndexStack stack, int blocks, long bytesRead, long bytesWritten, Duration time) {}
