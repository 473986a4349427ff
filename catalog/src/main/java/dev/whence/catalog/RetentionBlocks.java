package dev.whence.catalog;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Which blocks the retained versions name, as read from those versions themselves. Each version is
 * read once; a walk reads a bounded number, and the next one goes on from there. Thread-safe.
 */
public final class RetentionBlocks {
    private final VersionChain versions;
    private final int versionsPerWalk;
    private final Map<String, Long> lastNamed = new HashMap<>();
    private long next = 1;

    public RetentionBlocks(VersionChain versions, int versionsPerWalk) {
        this.versions = versions;
        this.versionsPerWalk = versionsPerWalk;
    }

    /**
     * Reads on, up to the newest version.
     *
     * @return false while there are retained versions not read yet: nothing is proved then
     */
    public synchronized boolean walk(Version newest) throws IOException {
        next = Math.max(next, newest.oldestRetained());
        long end = Math.min(newest.number(), next + versionsPerWalk - 1);
        for (; next <= end; next++) {
            long number = next;
            Version version =
                    number == newest.number()
                            ? newest
                            : versions.read(number).orElseThrow(() -> missing(number));
            remember(version);
        }
        lastNamed.values().removeIf(last -> last < newest.oldestRetained());
        return next > newest.number();
    }

    /** Whether a version that was read, and is still retained, names the block. */
    public synchronized boolean names(RetentionBlockName block) {
        return lastNamed.containsKey(block.blockId());
    }

    private void remember(Version version) {
        version.generations().forEach(ref -> remember(ref.block(), version.number()));
        version.segments().forEach(ref -> remember(ref.block(), version.number()));
        remember(version.datasetTable(), version.number());
    }

    private void remember(Block block, long version) {
        lastNamed.merge(block.id(), version, Math::max);
    }

    private static CorruptCatalogException missing(long number) {
        return new CorruptCatalogException(
                "version " + number, "is retained, but there is none", null);
    }
}
