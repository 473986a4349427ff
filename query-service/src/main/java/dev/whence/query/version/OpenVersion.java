package dev.whence.query.version;

import dev.whence.catalog.Block;
import dev.whence.catalog.DatasetTable;
import dev.whence.catalog.GenerationRef;
import dev.whence.catalog.SegmentRef;
import dev.whence.catalog.Version;
import dev.whence.index.IndexSnapshot;
import dev.whence.index.LakeFile;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A version that is open: its index mapped, its datasets in memory. Immutable and thread-safe. It
 * may be used only under a {@link VersionLease}.
 */
public final class OpenVersion {
    private final Version version;
    private final IndexSnapshot index;
    private final Map<Integer, DatasetTable.Row> datasets = new LinkedHashMap<>();
    private final DatasetNames names;
    private volatile @Nullable Map<Integer, DatasetFiles> files;

    OpenVersion(Version version, IndexSnapshot index, List<DatasetTable.Row> datasets) {
        this.version = version;
        this.index = index;
        datasets.forEach(row -> this.datasets.put(row.datasetId(), row));
        this.names = new DatasetNames(datasets);
    }

    /** What is served before anything has been published: nothing, as version 0. */
    static OpenVersion empty() throws IOException {
        var profile = UrlProfile.current();
        var nothing =
                new Version(
                        Version.FORMAT,
                        0,
                        Instant.EPOCH,
                        "none",
                        profile.number(),
                        profile.suffixListDate(),
                        List.of(),
                        List.of(),
                        new Block("none", List.of()),
                        List.of(),
                        List.of(),
                        new Version.Counts(0, 0, 0, 0),
                        0,
                        0,
                        0,
                        List.of(),
                        List.of());
        return new OpenVersion(nothing, IndexSnapshot.open(List.of(), List.of()), List.of());
    }

    public Version version() {
        return version;
    }

    public long number() {
        return version.number();
    }

    public IndexSnapshot index() {
        return index;
    }

    /** All datasets, by id. */
    public Iterable<DatasetTable.Row> datasets() {
        return datasets.values();
    }

    public Optional<DatasetTable.Row> findDataset(int datasetId) {
        return Optional.ofNullable(datasets.get(datasetId));
    }

    /** What the datasets are called. */
    public DatasetNames names() {
        return names;
    }

    /** A dataset's files; the first question goes over the list of all. */
    public DatasetFiles filesOf(int datasetId) {
        Map<Integer, DatasetFiles> known = files;
        if (known == null) {
            Map<Integer, DatasetFiles> sums = new HashMap<>();
            try (Stream<LakeFile> all = index.files()) {
                all.forEach(file ->
                        sums.merge(
                                file.datasetId(),
                                new DatasetFiles(1, file.bytes()),
                                DatasetFiles::and));
            }
            known = Map.copyOf(sums);
            files = known;
        }
        return known.getOrDefault(datasetId, DatasetFiles.NONE);
    }

    /** The blocks that this version needs on the local disk. */
    Set<String> blockIds() {
        return Stream.of(
                        version.generations().stream().map(GenerationRef::block),
                        version.segments().stream().map(SegmentRef::block),
                        Stream.of(version.datasetTable()))
                .flatMap(blocks -> blocks)
                .map(Block::id)
                .collect(Collectors.toSet());
    }

    /** Lets the mapping go once its last reader has. */
    void close() {
        index.close();
    }
}
