package dev.whence.merge.maintain;

import dev.whence.merge.DataFile;
import dev.whence.merge.Fate;
import dev.whence.merge.FileOutcome;
import dev.whence.merge.MergeCounts;
import dev.whence.merge.MergeOutcome;
import dev.whence.merge.file.ParquetInput;
import dev.whence.store.CountingObjectStore;
import java.io.IOException;
import java.util.List;

/** What maintenance reports: rows may go, and none comes. */
final class Maintained {
    private Maintained() {}

    static long rows(CountingObjectStore store, DataFile file) throws IOException {
        try (ParquetInput input = ParquetInput.open(store, file)) {
            return input.rows();
        }
    }

    static MergeOutcome outcome(
            List<FileOutcome> files, long before, long deleted, CountingObjectStore store) {
        long written =
                files.stream()
                        .filter(file -> file.fate() != Fate.PRESERVED)
                        .flatMap(file -> file.after().stream())
                        .mapToLong(DataFile::bytes)
                        .sum();
        var counts = new MergeCounts(0, 0, 0, 0, deleted, before, before - deleted);
        return new MergeOutcome(counts, files, store.counts().bytesRead(), written);
    }
}
