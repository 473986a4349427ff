package dev.whence.merge.maintain;

import dev.whence.merge.DataFile;
import dev.whence.merge.Dataset;
import dev.whence.merge.Fate;
import dev.whence.merge.FileOutcome;
import dev.whence.merge.FileStyle;
import dev.whence.merge.MergeSettings;
import dev.whence.merge.Progress;
import dev.whence.merge.Staging;
import dev.whence.merge.file.Footers;
import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.rewrite.Inserts;
import dev.whence.merge.rows.Reading;
import dev.whence.merge.rows.TableSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Moves all rows of some files to new ones: sorted, and each to its partition. */
final class Moving {
    private final Path scratch;
    private final MergeSettings settings;
    private final FileStyle style;
    private final long fileBytes;

    Moving(Path scratch, MergeSettings settings, FileStyle style, long fileBytes) {
        this.scratch = scratch;
        this.settings = settings;
        this.style = style;
        this.fileBytes = fileBytes;
    }

    /**
     * Moves them. Files without any row stay: they may be all that says what the table's columns
     * are.
     *
     * @param table what the new files are
     * @return the old files, removed, and the new ones
     */
    List<FileOutcome> run(
            Dataset files,
            Footers footers,
            TableSpec table,
            Reading reading,
            Staging staging,
            Progress progress)
            throws IOException {
        try (StoredRows stored = StoredRows.read(files, table, reading, scratch, progress)) {
            int rows = stored.rows().rows();
            if (rows == 0) {
                return files.files().stream().map(file -> Upkeep.preserved(file, 0)).toList();
            }
            List<FileOutcome> outcomes = new ArrayList<>();
            for (DataFile file : files.files()) {
                outcomes.add(new FileOutcome(Fate.REMOVED, Optional.of(file), Optional.empty(), 0));
            }
            var inserts =
                    new Inserts(
                            table,
                            stored.rows(),
                            footers,
                            files.files().stream().findFirst(),
                            style,
                            settings,
                            fileBytes,
                            keyValues(files, footers, table),
                            staging,
                            scratch,
                            progress);
            outcomes.addAll(inserts.write(IntStream.range(0, rows).toArray()));
            return outcomes;
        }
    }

    /** What all footers say; nothing if any is of other columns, which it may speak of. */
    private static Map<String, String> keyValues(Dataset files, Footers footers, TableSpec table)
            throws IOException {
        Map<String, String> shared = new HashMap<>();
        boolean first = true;
        for (DataFile file : files.files()) {
            try (ParquetInput input = footers.open(file)) {
                if (!input.schema().equals(table.schema())) {
                    return Map.of();
                }
                if (first) {
                    shared.putAll(input.keyValues());
                } else {
                    shared.entrySet().retainAll(input.keyValues().entrySet());
                }
                first = false;
            }
        }
        return shared;
    }
}
