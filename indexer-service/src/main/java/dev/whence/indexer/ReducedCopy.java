package dev.whence.indexer;

import dev.whence.lake.RowCursor;
import dev.whence.lake.UrlFile;
import dev.whence.lake.UrlFileOptions;
import dev.whence.lake.UrlFileSummary;
import dev.whence.lake.UrlFileWriter;
import dev.whence.lake.UrlRow;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import dev.whence.url.DomainPrefix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.NavigableSet;
import java.util.Optional;

/** Writes what is left of a file without some rows: those known already, or taken down. */
final class ReducedCopy {
    private static final String NAME = "part.parquet";

    private final LakeStaging staging;

    ReducedCopy(LakeStaging staging) {
        this.staging = staging;
    }

    /**
     * Writes and uploads the copy, under a fresh name.
     *
     * @param prefix of the copy
     * @param lookedThrough the domains whose rows were looked through
     * @param leftOut which of those rows, counted in file order, are left out; not all of the file
     */
    LiveFile write(
            int datasetId,
            DomainPrefix prefix,
            UrlFile file,
            NavigableSet<String> lookedThrough,
            BitSet leftOut)
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
                    look = lookedThrough.contains(domain);
                }
                if (look && leftOut.get(at++)) {
                    continue;
                }
                writer.write(row);
                counts.add(domain, 1);
            }
            summary = writer.finish();
        }
        Optional<byte[]> tail = tail(directory, summary);
        String key = staging.put(datasetId, prefix, local, summary);
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
