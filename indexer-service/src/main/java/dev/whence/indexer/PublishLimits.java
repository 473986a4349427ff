package dev.whence.indexer;

import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.QueuedStep;
import java.util.List;

/**
 * How much one publish takes in at most. Entries are taken whole, and always at least one, so that
 * an entry larger than the limits is published alone.
 */
public record PublishLimits(int entries, long rows, long bytes) {
    private static final long MOST_DEFAULT_ROWS = 4_000_000;

    /** Of heap for each row: four times what one takes that is a new domain of its own. */
    private static final long HEAP_BYTES_PER_ROW = 512;

    public PublishLimits {
        requirePositive("entries", entries);
        requirePositive("rows", rows);
        requirePositive("bytes", bytes);
    }

    /** Rows that a publish takes in unless told otherwise: 4,000,000, or what the heap bears. */
    public static long defaultRows() {
        return defaultRows(Runtime.getRuntime().maxMemory());
    }

    static long defaultRows(long heapBytes) {
        return Math.clamp(heapBytes / HEAP_BYTES_PER_ROW, 1, MOST_DEFAULT_ROWS);
    }

    private static void requirePositive(String what, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "whence.indexer.publish-%s is at least 1, not %d".formatted(what, value));
        }
    }

    /** Whether another entry fits after so much. */
    boolean allow(int takenEntries, long takenRows, long takenBytes, LogEntry another) {
        return takenEntries == 0
                || (takenEntries < entries
                        && takenRows + rowsOf(another) <= rows
                        && takenBytes + bytesOf(another) <= bytes);
    }

    /** How many steps of a queue are carried out together; at least one. */
    int prefix(List<QueuedStep> steps) {
        int taken = 0;
        long takenRows = 0;
        long takenBytes = 0;
        for (QueuedStep step : steps) {
            takenRows += step.rows();
            takenBytes += step.bytes();
            if (taken > 0 && (taken == entries || takenRows > rows || takenBytes > bytes)) {
                break;
            }
            taken++;
        }
        return taken;
    }

    static long rowsOf(LogEntry entry) {
        return entry.allFiles().mapToLong(LandingFile::rows).sum();
    }

    static long bytesOf(LogEntry entry) {
        return entry.allFiles().mapToLong(LandingFile::bytes).sum();
    }
}
