package dev.whence.indexer;

import dev.whence.index.LakeFile;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Files of one dataset that are ready to take the place of others: the same rows without those that
 * are taken down. Nothing names them before a version takes them in. Immutable.
 *
 * @param base the version whose files were read
 * @param added one for each file that has rows left
 * @param rows that are gone
 */
record Purged(int datasetId, long base, List<RemovedFile> removed, List<LiveFile> added, long rows)
        implements ReadyItem {
    Purged {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
    }

    @Override
    public long bytes() {
        return added.stream().mapToLong(LiveFile::bytes).sum();
    }

    /** Whether the version is not too far from its base, and all files that go are still live. */
    @Override
    public boolean fits(Base newest) {
        if (newest.number() >= new LakeName.Compacted(datasetId, base).lastTaker()) {
            return false;
        }
        Set<LakeFile> live = new HashSet<>(newest.snapshot().files(datasetId));
        return removed.stream().allMatch(gone -> live.contains(gone.file()));
    }
}
