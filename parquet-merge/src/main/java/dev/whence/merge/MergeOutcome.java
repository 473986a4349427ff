package dev.whence.merge;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a merge did, before its commit: the files are staged.
 *
 * @param files every file of the target and every new one; the removed and the rewritten are live
 *     until the commit
 * @param bytesRead of the store, planning included
 * @param bytesWritten to the store
 * @param bytesCopied of those, pages that were taken from old files as they were stored
 */
public record MergeOutcome(
        MergeCounts counts,
        List<FileOutcome> files,
        long bytesRead,
        long bytesWritten,
        long bytesCopied) {

    public MergeOutcome {
        files = List.copyOf(files);
    }

    /** Files that the commit puts in. */
    public List<DataFile> added() {
        return changed(FileOutcome::after);
    }

    /** Files that the commit takes out. */
    public List<DataFile> removed() {
        return changed(FileOutcome::before);
    }

    /** Whether a commit would change nothing. */
    public boolean changesNothing() {
        return files.stream().allMatch(file -> file.fate() == Fate.PRESERVED);
    }

    private List<DataFile> changed(Function<FileOutcome, Optional<DataFile>> side) {
        return files.stream()
                .filter(file -> file.fate() != Fate.PRESERVED)
                .map(side)
                .flatMap(Optional::stream)
                .toList();
    }
}
