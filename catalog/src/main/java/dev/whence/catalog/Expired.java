package dev.whence.catalog;

import java.time.Instant;

/**
 * An object that no retained version names since then; it may be deleted when the grace has passed.
 */
public record Expired(String key, Instant since) {}
