package dev.whence.catalog;

/** A segment: what the versions {@code fromVersion … toVersion} changed. */
public record SegmentRef(Block block, long fromVersion, long toVersion) {}
