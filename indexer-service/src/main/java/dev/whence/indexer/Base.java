package dev.whence.indexer;

import dev.whence.catalog.BlockCache;
import dev.whence.catalog.DatasetQueue;
import dev.whence.catalog.DatasetTable;
import dev.whence.catalog.GenerationRef;
import dev.whence.catalog.LocalVersion;
import dev.whence.catalog.LogPosition;
import dev.whence.catalog.Operations;
import dev.whence.catalog.QueuedStep;
import dev.whence.catalog.SegmentRef;
import dev.whence.catalog.TakedownProgress;
import dev.whence.catalog.Version;
import dev.whence.catalog.WaitingPart;
import dev.whence.index.CorruptIndexFileException;
import dev.whence.index.IndexSnapshot;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The version that the next one is built upon, mapped; the empty one before the first. Closing it
 * lets the mappings go once the last reader has released the snapshot.
 */
final class Base implements AutoCloseable {
    private final Optional<Version> version;
    private final DatasetTable table;
    private final IndexSnapshot snapshot;

    private Base(Optional<Version> version, DatasetTable table, IndexSnapshot snapshot) {
        this.version = version;
        this.table = table;
        this.snapshot = snapshot;
    }

    static Base empty() throws IOException {
        return new Base(
                Optional.empty(),
                new DatasetTable(List.of()),
                IndexSnapshot.open(List.of(), List.of()));
    }

    /**
     * Maps a version, fetching the blocks that the cache lacks or has damaged.
     *
     * @throws IndexingStoppedException if it was made under other rules for URLs or with another
     *     suffix list: the same URL could have another canonical form or domain there, so that it
     *     would be looked up in vain and inserted twice
     */
    static Base open(Version version, BlockCache cache) throws IOException {
        var made = new UrlProfile(version.urlProfile(), version.suffixListDate());
        if (!made.equals(UrlProfile.current())) {
            throw new IndexingStoppedException(
                    "version %d was made with %s, this indexer has %s: run the release that made it, or rebuild"
                            .formatted(version.number(), made, UrlProfile.current()));
        }
        LocalVersion local = LocalVersion.fetch(version, cache);
        try {
            return map(version, local);
        } catch (CorruptIndexFileException | NoSuchFileException e) {
            // It was whole when it was fetched, so this may be the local disk's doing.
            if (!cache.dropDamaged(version.blocks().toList())) {
                throw e;
            }
            return map(version, LocalVersion.fetch(version, cache));
        }
    }

    private static Base map(Version version, LocalVersion local) throws IOException {
        return new Base(
                Optional.of(version),
                local.table(),
                IndexSnapshot.open(local.generations(), local.segments()));
    }

    /** The stored version; empty for the one before the first. */
    Optional<Version> version() {
        return version;
    }

    DatasetTable table() {
        return table;
    }

    /** The steps that wait for a dataset. */
    Optional<DatasetQueue> queue(int datasetId) {
        return table.queued().stream().filter(queue -> queue.datasetId() == datasetId).findFirst();
    }

    /** The parts that wait for a dataset. */
    List<WaitingPart> waitingParts(int datasetId) {
        return table.waitingParts().stream()
                .filter(part -> part.merge().datasetId() == datasetId)
                .toList();
    }

    /** What the table says of a dataset. */
    Optional<DatasetTable.Row> row(int datasetId) {
        return table.rows().stream().filter(row -> row.datasetId() == datasetId).findFirst();
    }

    /** What came of instructions. */
    Operations operations() {
        return version.map(Version::operationsOrNone).orElse(Operations.NONE);
    }

    /** How far takedowns have come. */
    TakedownProgress takedowns() {
        return version.map(Version::takedownsOrNone).orElse(TakedownProgress.NONE);
    }

    /** How many files wait in all queues: batches that are joined are one step, of many files. */
    int queuedFiles() {
        return table.queued().stream()
                .flatMap(queue -> queue.steps().stream())
                .mapToInt(QueuedStep::files)
                .sum();
    }

    IndexSnapshot snapshot() {
        return snapshot;
    }

    long number() {
        return version.map(Version::number).orElse(0L);
    }

    List<GenerationRef> generations() {
        return version.map(Version::generations).orElse(List.of());
    }

    List<SegmentRef> segments() {
        return version.map(Version::segments).orElse(List.of());
    }

    List<LogPosition> positions() {
        return version.map(Version::positions).orElse(List.of());
    }

    Version.Counts counts() {
        return version.map(Version::counts).orElse(new Version.Counts(0, 0, 0, 0));
    }

    long nextFileId() {
        return version.map(Version::nextFileId).orElse(0L);
    }

    /** The blocks that it needs on the local disk. */
    Set<String> blockIds() {
        var ids = new HashSet<String>();
        generations().forEach(generation -> ids.add(generation.block().id()));
        segments().forEach(segment -> ids.add(segment.block().id()));
        version.ifPresent(stored -> ids.add(stored.datasetTable().id()));
        return ids;
    }

    @Override
    public void close() {
        snapshot.close();
    }
}
