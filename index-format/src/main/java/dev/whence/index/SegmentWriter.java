package dev.whence.index;

import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Gathers what a publish changed and writes it as a segment. Not thread-safe. */
public final class SegmentWriter {

    public SegmentWriter(UrlProfile profile) {
        throw new UnsupportedOperationException();
    }

    /**
     * Adds to the change of a (domain, dataset) pair's URL count; changes of one pair are summed,
     * in any order.
     */
    public void change(int ordinal, int datasetId, long delta) {
        throw new UnsupportedOperationException();
    }

    public void addFile(LakeFile file) {
        throw new UnsupportedOperationException();
    }

    public void removeFile(long fileId, int datasetId) {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes the segment.
     *
     * @param directory made if it is not there; gets the segment's files
     * @return the files, each complete and synced
     */
    public List<BlockFile> write(Path directory) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Folds adjacent segments (oldest first) into one that says the same, in memory that does not
     * grow with them.
     *
     * @param bottom whether nothing lies below: sums of zero and removals then leave no trace
     */
    public static List<BlockFile> merge(Path directory, List<Path> adjacent, boolean bottom)
            throws IOException {
        throw new UnsupportedOperationException();
    }
}
