package dev.whence.indexer;

import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LogEntry;

/**
 * How much one publish takes in at most. Entries are taken whole, and always at least one, so that
 * an entry larger than the limits is published alone.
 */
public record PublishLimits(int entries, long rows, long bytes) {

    public PublishLimits {
        if (entries < 1 || rows < 1 || bytes < 1) {
            throw new IllegalArgumentException(
                    "a publish takes at least 1 entry, row and byte, not %d, %d and %d"
                            .formatted(entries, rows, bytes));
        }
    }

    /** Whether another entry fits after so much. */
    boolean allow(int takenEntries, long takenRows, long takenBytes, LogEntry another) {
        return takenEntries == 0
                || (takenEntries < entries
                        && takenRows + rowsOf(another) <= rows
                        && takenBytes + bytesOf(another) <= bytes);
    }

    static long rowsOf(LogEntry entry) {
        return entry.allFiles().mapToLong(LandingFile::rows).sum();
    }

    static long bytesOf(LogEntry entry) {
        return entry.allFiles().mapToLong(LandingFile::bytes).sum();
    }
}
