package dev.whence.store;

import java.time.Instant;

/** An object's key, length and the time at which it was last put. */
public record ObjectInfo(String key, long bytes, Instant lastModified) {}
