package dev.whence.indexer;

import dev.whence.catalog.LandingFile;
import dev.whence.index.IndexSnapshot;
import dev.whence.lake.UrlFile;
import dev.whence.store.ObjectStore;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Takes landing files into one dataset, one after the other. What {@code append} brings is adopted
 * as it is. What {@code insert} brings is compared with what the dataset holds by then: if nothing
 * is known it is adopted, if some is known a reduced copy is written, if all is known nothing. Not
 * thread-safe.
 */
final class DatasetIntake {
    private final ObjectStore store;
    private final int datasetId;
    private final Comparison comparison;
    private final ReducedCopy reducedCopy;
    private final SideFiles sideFiles;
    private final List<LiveFile> added = new ArrayList<>();
    private final List<String> superseded = new ArrayList<>();
    private long rowsRead;
    private long rowsKnown;
    private long rowsCompared;

    DatasetIntake(
            ObjectStore store,
            IndexSnapshot base,
            int datasetId,
            Comparison comparison,
            ReducedCopy reducedCopy) {
        this.store = store;
        this.datasetId = datasetId;
        this.comparison = comparison;
        this.reducedCopy = reducedCopy;
        this.sideFiles = new SideFiles(base, datasetId);
    }

    /** Takes the files in the order in which they take effect. */
    Intake take(List<LandingFile> landings) throws IOException {
        for (LandingFile landing : landings) {
            take(landing);
        }
        return new Intake(
                datasetId,
                List.copyOf(added),
                List.copyOf(superseded),
                rowsRead,
                rowsKnown,
                rowsCompared);
    }

    private void take(LandingFile landing) throws IOException {
        switch (landing.strategy()) {
            case APPEND, INSERT -> {}
            case UPDATE, UPSERT, FULL_MERGE, DEDUPLICATE, DELETE ->
                    throw new IndexingStoppedException(
                            "landing file %s is for %s; this indexer can append and insert"
                                    .formatted(landing.key(), landing.strategy().text()));
        }
        UrlFile file = LandingReader.open(landing, store);
        LiveFile whole = LandingReader.read(landing, file, UrlProfile.current());
        rowsRead += landing.rows();
        NavigableSet<String> held =
                switch (landing.strategy()) {
                    case INSERT -> sideFiles.heldOf(whole.counts());
                    default -> new TreeSet<>();
                };
        if (held.isEmpty()) {
            adopt(whole);
        } else {
            insert(whole, file, held);
        }
    }

    private void insert(LiveFile whole, UrlFile file, NavigableSet<String> held)
            throws IOException {
        var found = comparison.compare(file, held, sideFiles.mayHold(held));
        long known = found.known().cardinality();
        rowsCompared += found.rowsRead();
        rowsKnown += known;
        if (known == 0) {
            adopt(whole);
            return;
        }
        superseded.add(whole.key());
        if (known < file.rows()) {
            adopt(reducedCopy.write(datasetId, file, held, found.known()));
        }
    }

    private void adopt(LiveFile file) {
        added.add(file);
        sideFiles.add(file);
    }
}
