package dev.whence.catalog;

/** A segment: what the versions {@code fromVersion … toVersion} changed. */
public record SegmentRef(Block block, long fromVersion, long toVersion) implements StackRef {

    @Override
    public long start() {
        return fromVersion;
    }

    @Override
    public long end() {
        return toVersion + 1;
    }
}
