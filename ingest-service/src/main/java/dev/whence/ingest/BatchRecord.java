package dev.whence.ingest;

import org.jspecify.annotations.Nullable;

/** A record of the topic, as it came. Nobody changes its bytes. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record BatchRecord(long offset, byte @Nullable [] key, byte @Nullable [] value) {}
