package dev.whence.merge.maintain;

import dev.whence.merge.DataFile;
import dev.whence.merge.Dataset;
import dev.whence.merge.Fate;
import dev.whence.merge.FileOutcome;
import dev.whence.merge.MergeCounts;
import dev.whence.merge.MergeOutcome;
import dev.whence.merge.MergeSettings;
import dev.whence.merge.file.Footers;
import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.file.SideBySide;
import dev.whence.merge.plan.TableSpecs;
import dev.whence.merge.rows.TableSpec;
import dev.whence.store.CountingObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** One piece of maintenance: its reads are counted, and a footer is read once. Thread-safe. */
final class Upkeep {
    private final CountingObjectStore store;
    private final Footers footers;
    private final int threads;

    Upkeep(Dataset target, MergeSettings settings) {
        this.store = new CountingObjectStore(target.store());
        this.footers = new Footers(store, settings.memoryBytes());
        this.threads = settings.threads();
    }

    Footers footers() {
        return footers;
    }

    /** Files of the target, through the store that counts. */
    Dataset dataset(List<DataFile> files) {
        return new Dataset(store, files);
    }

    TableSpec table(List<DataFile> files, List<String> keyColumns) throws IOException {
        return TableSpecs.of(
                dataset(files), footers, new Dataset(store, List.of()), keyColumns, threads);
    }

    /** Rows of each file, in their order. */
    List<Long> rows(List<DataFile> files) throws IOException {
        List<Callable<Long>> reads = new ArrayList<>();
        for (DataFile file : files) {
            reads.add(() -> {
                try (ParquetInput input = footers.open(file)) {
                    return input.rows();
                }
            });
        }
        return SideBySide.run(threads, reads);
    }

    List<FileOutcome> preserved(List<DataFile> files) throws IOException {
        List<Long> rows = rows(files);
        List<FileOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            outcomes.add(preserved(files.get(i), rows.get(i)));
        }
        return outcomes;
    }

    static FileOutcome preserved(DataFile file, long rows) {
        return new FileOutcome(Fate.PRESERVED, Optional.of(file), Optional.of(file), rows);
    }

    /** What is reported where rows are moved, and each is encoded anew. */
    MergeOutcome outcome(List<FileOutcome> files) {
        return outcome(files, 0, 0);
    }

    /**
     * What is reported where rows may go, and none comes.
     *
     * @param copiedBytes of the new files, what was taken as it was stored
     */
    MergeOutcome outcome(List<FileOutcome> files, long deleted, long copiedBytes) {
        long written =
                files.stream()
                        .filter(file -> file.fate() != Fate.PRESERVED)
                        .flatMap(file -> file.after().stream())
                        .mapToLong(DataFile::bytes)
                        .sum();
        long after = files.stream().mapToLong(FileOutcome::rows).sum();
        var counts = new MergeCounts(0, 0, 0, 0, deleted, after + deleted, after);
        return new MergeOutcome(counts, files, store.counts().bytesRead(), written, copiedBytes);
    }
}
