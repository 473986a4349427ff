package dev.whence.indexer;

import dev.whence.index.LakeFile;
import java.util.Comparator;
import java.util.List;

/**
 * Files of one dataset under one prefix that are put together.
 *
 * @param files in the order in which they came: rows that are equal keep theirs
 * @param digits how many digits the prefixes of the new files have
 */
record CompactionGroup(int datasetId, List<LakeFile> files, int digits) {
    CompactionGroup {
        files = files.stream().sorted(Comparator.comparingLong(LakeFile::fileId)).toList();
    }

    long oldestFile() {
        return files.getFirst().fileId();
    }

    long bytes() {
        return files.stream().mapToLong(LakeFile::bytes).sum();
    }
}
