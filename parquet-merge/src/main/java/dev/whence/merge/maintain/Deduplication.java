package dev.whence.merge.maintain;

import dev.whence.merge.DataFile;
import dev.whence.merge.Dataset;
import dev.whence.merge.FileOutcome;
import dev.whence.merge.FileStyle;
import dev.whence.merge.MergeOutcome;
import dev.whence.merge.MergeRefusedException;
import dev.whence.merge.MergeSettings;
import dev.whence.merge.Progress;
import dev.whence.merge.SortOrder;
import dev.whence.merge.Staging;
import dev.whence.merge.file.Footers;
import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.plan.TableSpecs;
import dev.whence.merge.rewrite.Removal;
import dev.whence.merge.rows.Reading;
import dev.whence.merge.rows.SourceReader;
import dev.whence.merge.rows.SourceRows;
import dev.whence.merge.rows.TableSpec;
import dev.whence.store.CountingObjectStore;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Leaves one row of each key: the first in an order that is given, and of equal ones the last.
 * Files without a row that goes are not touched. Thread-safe.
 */
public final class Deduplication {
    private static final long NO_RANGES = 4 << 10;

    private final Path scratch;
    private final MergeSettings settings;
    private final FileStyle style;

    public Deduplication(Path scratch, MergeSettings settings, FileStyle style) {
        this.scratch = scratch;
        this.settings = settings;
        this.style = style;
    }

    /** Writes the new files. The caller commits what comes back, or leaves it to be swept. */
    public MergeOutcome execute(
            Dataset target,
            List<String> keyColumns,
            List<SortOrder> order,
            Staging staging,
            Progress progress)
            throws IOException {
        if (keyColumns.isEmpty()) {
            throw new MergeRefusedException("deduplicate needs at least one key column");
        }
        var store = new CountingObjectStore(target.store());
        Dataset files = new Dataset(store, target.files());
        var footers = new Footers(store);
        TableSpec table =
                TableSpecs.of(
                        files,
                        footers,
                        new Dataset(store, List.of()),
                        keyColumns,
                        settings.threads());
        Arena arena = Arena.ofShared();
        try (SourceReader reader =
                new SourceReader(
                        table, Reading.ofKeys(keyColumns, order), scratch, NO_RANGES, arena)) {
            SourceRows keys = reader.read(files, progress);
            List<FileOutcome> outcomes =
                    new Removal(table, footers, style, settings, staging, scratch, progress)
                            .run(target.files(), firstRows(store, target.files()), keys);
            return Maintained.outcome(outcomes, keys.rows(), keys.duplicates(), store);
        } finally {
            arena.close();
        }
    }

    /** Keys were read file by file: the number of each file's first row among all. */
    private static List<Integer> firstRows(CountingObjectStore store, List<DataFile> files)
            throws IOException {
        List<Integer> first = new ArrayList<>();
        int next = 0;
        for (DataFile file : files) {
            first.add(next);
            try (ParquetInput input = ParquetInput.open(store, file)) {
                next += (int) input.rows();
            }
        }
        return first;
    }
}
