package dev.whence.indexer;

import dev.whence.index.LakeFile;
import java.util.List;

/**
 * Files of one dataset that are ready to take the place of others: the same rows, domain by domain.
 * Nothing names them before a version takes them in. Immutable.
 *
 * @param base the version whose files were read
 */
record Compacted(int datasetId, long base, List<LakeFile> removed, List<LiveFile> added) {
    Compacted {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
    }

    /** Bytes of the new files. */
    long bytes() {
        return added.stream().mapToLong(LiveFile::bytes).sum();
    }

    long rows() {
        return removed.stream().mapToLong(LakeFile::rows).sum();
    }

    /** Whether a version of that number may take it in. */
    boolean mayBeTakenBy(long version) {
        return version > base && version <= new LakeName.Compacted(datasetId, base).lastTaker();
    }
}
