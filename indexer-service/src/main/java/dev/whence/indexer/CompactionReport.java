package dev.whence.indexer;

import java.time.Duration;

/**
 * What a run of the compaction did.
 *
 * @param datasets of which files were put together; 0 if none was due
 */
public record CompactionReport(
        int datasets,
        long filesIn,
        long filesOut,
        long rows,
        long bytesRead,
        long bytesWritten,
        Duration time) {
    static final CompactionReport NONE = new CompactionReport(0, 0, 0, 0, 0, 0, Duration.ZERO);

    public boolean isEmpty() {
        return datasets == 0;
    }

    CompactionReport plus(Compacted compacted, long bytesRead, Duration time) {
        return new CompactionReport(
                datasets + 1,
                filesIn + compacted.removed().size(),
                filesOut + compacted.added().size(),
                rows + compacted.rows(),
                this.bytesRead + bytesRead,
                bytesWritten + compacted.bytes(),
                this.time.plus(time));
    }
}
