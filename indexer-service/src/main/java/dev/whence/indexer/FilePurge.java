package dev.whence.indexer;

import dev.whence.catalog.FreshId;
import dev.whence.index.IndexSnapshot;
import dev.whence.index.LakeFile;
import dev.whence.lake.LakeLayout;
import dev.whence.lake.UrlFile;
import dev.whence.merge.DataFile;
import dev.whence.store.ObjectStore;
import dev.whence.url.DomainPrefix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

/**
 * Writes the files of one dataset anew without the rows that are taken down, reads back what it
 * wrote, and compares it with what it read, domain by domain. Not thread-safe.
 */
final class FilePurge {
    private final ObjectStore store;
    private final IndexSnapshot snapshot;
    private final TakenDownRows takenDown;
    private final LakeStaging staging;
    private final ReducedCopy reducedCopy;
    private final int datasetId;
    private final long base;
    private final List<LakeFile> files = new ArrayList<>();
    private final List<LiveFile> added = new ArrayList<>();
    private final OrdinalSums sums = new OrdinalSums();
    private long rows;

    /**
     * @param base the version whose files are read
     * @param snapshot of it, acquired
     * @param scratch belongs to it alone
     */
    FilePurge(
            ObjectStore store,
            FreshId ids,
            Scratch scratch,
            int datasetId,
            long base,
            IndexSnapshot snapshot,
            TakenDownRows takenDown) {
        this.store = store;
        this.snapshot = snapshot;
        this.takenDown = takenDown;
        this.datasetId = datasetId;
        this.base = base;
        this.staging =
                new LakeStaging(
                        store,
                        ids,
                        scratch::newDirectory,
                        (dataset, prefix, freshId) ->
                                LakeLayout.compacted(dataset, prefix, base, freshId));
        this.reducedCopy = new ReducedCopy(staging);
    }

    /** Takes some rows out of a file. */
    void purge(
            LakeFile file,
            UrlFile opened,
            NavigableSet<String> lookedThrough,
            TakenDownRows.Found found)
            throws IOException {
        files.add(file);
        rows += found.rows();
        found.counts().forEach((domain, gone) -> sums.add(snapshot.ordinalOf(domain), gone));
        if (found.rows() == file.rows()) {
            return;
        }
        DomainPrefix prefix = DomainPrefix.ofKey(file.key());
        LiveFile copy = reducedCopy.write(datasetId, prefix, opened, lookedThrough, found.places());
        LiveFile stored = LiveFile.read(store, datasetId, DataFile.of(copy.key(), copy.bytes()));
        UrlFile again = UrlFile.open(store, stored.key(), stored.bytes());
        if (!takenDown.in(again, lookedThrough).isEmpty()) {
            throw new PurgeCheckException(
                    "%s still holds what is taken down; it is not published".formatted(copy.key()));
        }
        added.add(stored);
    }

    /** All that was done, once it is read back; empty if that is nothing. */
    Optional<Purged> finish() throws IOException {
        if (files.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> problem = staging.uploads().firstProblem();
        if (problem.isPresent()) {
            throw new PurgeCheckException("a purge is made again: " + problem.get());
        }
        List<RemovedFile> removed = RemovedFile.read(store, snapshot, files);
        removed.forEach(file -> file.forEach((ordinal, held) -> sums.add(ordinal, -held)));
        added.forEach(file ->
                file.counts()
                        .forEach((domain, kept) -> sums.add(snapshot.ordinalOf(domain), kept)));
        requireZero();
        return Optional.of(new Purged(datasetId, base, removed, added, rows));
    }

    /** What is gone and what is kept must be all that was there. */
    private void requireZero() throws PurgeCheckException {
        var wrong = new ArrayList<String>();
        sums.forEach((ordinal, difference) -> {
            if (difference != 0) {
                wrong.add("domain %d: %+d rows".formatted(ordinal, difference));
            }
        });
        if (!wrong.isEmpty()) {
            throw new PurgeCheckException(
                    "purge of %d files of dataset %s is not published, it would change what they hold in %d domains, such as %s"
                            .formatted(
                                    files.size(),
                                    Integer.toUnsignedString(datasetId),
                                    wrong.size(),
                                    wrong.getFirst()));
        }
    }

    /** Deletes what was written. */
    void drop() {
        staging.uploads().drop();
    }
}
