package dev.whence.cli.retire;

import java.time.Instant;
import java.util.Optional;

/**
 * What became of what old versions left.
 *
 * @param version the newest
 * @param deleted objects
 * @param left objects that could not be deleted
 * @param dueSince since when the oldest may be deleted of what is still there; empty if all is gone
 *     that may go
 */
public record Retired(long version, int deleted, int left, Optional<Instant> dueSince) {}
