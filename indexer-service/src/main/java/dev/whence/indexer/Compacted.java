package dev.whence.indexer;

import dev.whence.index.LakeFile;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Files of one dataset that are ready to take the place of others: the same rows, domain by domain.
 * Nothing names them before a version takes them in. Immutable.
 *
 * @param base the version whose files were read
 */
record Compacted(int datasetId, long base, List<LakeFile> removed, List<LiveFile> added)
        implements ReadyItem {
    Compacted {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
    }

    @Override
    public long bytes() {
        return added.stream().mapToLong(LiveFile::bytes).sum();
    }

    long rows() {
        return removed.stream().mapToLong(LakeFile::rows).sum();
    }

    /** Whether the version is not too far from its base, and all files that go are still live. */
    @Override
    public boolean fits(Base newest) {
        if (newest.number() >= new LakeName.Compacted(datasetId, base).lastTaker()) {
            return false;
        }
        Set<LakeFile> live = new HashSet<>(newest.snapshot().files(datasetId));
        return live.containsAll(removed);
    }
}
