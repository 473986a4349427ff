package dev.whence.catalog;

import java.time.Instant;

/**
 * The hint at {@code index/manifest.json}: where to begin to look for the newest version. It may
 * lag, never lead.
 */
public record Manifest(int format, long newest, long oldestRetained, Instant writtenAt) {}
