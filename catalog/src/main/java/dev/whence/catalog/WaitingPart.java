package dev.whence.catalog;

import java.time.Instant;

/**
 * A part of a source that the index has taken note of, and that waits for the others.
 *
 * @param merge its effect names the part
 * @param committedAt when its entry was
 */
public record WaitingPart(LoggedMerge merge, Instant committedAt) {}
