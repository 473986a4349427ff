package dev.whence.indexer;

import dev.whence.index.LakeFile;
import java.util.List;

/**
 * Files of one dataset under one prefix that are put together.
 *
 * @param digits how many digits the prefixes of the new files have
 */
record CompactionGroup(int datasetId, List<LakeFile> files, int digits) {
    CompactionGroup {
        files = List.copyOf(files);
    }

    long oldestFile() {
        return files.stream().mapToLong(LakeFile::fileId).min().orElseThrow();
    }

    long bytes() {
        return files.stream().mapToLong(LakeFile::bytes).sum();
    }
}
