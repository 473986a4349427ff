package dev.whence.indexer;

import dev.whence.lake.RowCursor;
import dev.whence.lake.UrlFile;
import dev.whence.lake.UrlFileOptions;
import dev.whence.lake.UrlFileSummary;
import dev.whence.lake.UrlFileWriter;
import dev.whence.lake.UrlRow;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.NavigableSet;
import java.util.Optional;

/** Writes what is left of a landing file without the rows that its dataset already holds. */
final class ReducedCopy {
    private static final String NAME = "part.parquet";

    private final LakeStaging staging;

    ReducedCopy(LakeStaging staging) {
        this.staging = staging;
    }

    /**
     * Writes and uploads the copy, under a fresh name.
     *
     * @param compared the domains whose rows were compared
     * @param known which of those rows, counted in file order, are left out
     */
    LiveFile write(int datasetId, UrlFile file, NavigableSet<String> compared, BitSet known)
            throws IOException {
        Path directory = staging.newDirectory();
        Path local = directory.resolve(NAME);
        var counts = new DomainCounts.Builder();
        UrlFileSummary summary;
        try (var writer = new UrlFileWriter(local, UrlFileOptions.DEFAULT);
                RowCursor rows = file.allRows()) {
            String domain = "";
            boolean look = false;
            int at = 0;
            for (UrlRow row = rows.next(); row != null; row = rows.next()) {
                if (!row.domain().equals(domain)) {
                    domain = row.domain();
                    look = compared.contains(domain);
                }
                if (look && known.get(at++)) {
                    continue;
                }
                writer.write(row);
                counts.add(domain, 1);
            }
            summary = writer.finish();
        }
        Optional<byte[]> tail = tail(directory, summary);
        String key = staging.put(datasetId, local, summary);
        return LiveFile.of(
                datasetId, key, summary.bytes(), summary.rowGroups(), counts.build(), tail);
    }

    private static Optional<byte[]> tail(Path directory, UrlFileSummary summary)
            throws IOException {
        try (ObjectStore local = ObjectStores.directory(directory)) {
            return UrlFile.open(local, NAME, summary.bytes()).tail();
        }
    }
}
