package dev.whence.cli.check;

import dev.whence.catalog.BlockCache;
import dev.whence.catalog.DatasetTable;
import dev.whence.catalog.GenerationRef;
import dev.whence.catalog.SegmentRef;
import dev.whence.catalog.Version;
import dev.whence.index.IndexSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A version with its blocks on the local disk, verified and mapped. */
public record MappedVersion(Version version, IndexSnapshot index, DatasetTable table)
        implements AutoCloseable {

    /** Fetches all of its blocks into a cache. */
    public static MappedVersion fetch(Version version, BlockCache blocks) throws IOException {
        Path tableFile = blocks.fetch(version.datasetTable()).resolve(DatasetTable.FILE_NAME);
        DatasetTable table =
                DatasetTable.decode(
                        version.datasetTable().keys().getFirst(), Files.readAllBytes(tableFile));
        List<Path> generations = new ArrayList<>();
        for (GenerationRef generation : version.generations()) {
            generations.add(blocks.fetch(generation.block()));
        }
        List<Path> segments = new ArrayList<>();
        for (SegmentRef segment : version.segments()) {
            segments.add(blocks.fetch(segment.block()));
        }
        return new MappedVersion(version, IndexSnapshot.open(generations, segments), table);
    }

    long blocks() {
        return 1L + version.generations().size() + version.segments().size();
    }

    /** How a dataset is called in findings. */
    String name(int datasetId) {
        return table.rows().stream()
                .filter(row -> row.datasetId() == datasetId)
                .map(row ->
                        "dataset " + Integer.toUnsignedString(datasetId) + " '" + row.name() + "'")
                .findFirst()
                .orElse("dataset " + Integer.toUnsignedString(datasetId));
    }

    @Override
    public void close() {
        index.close();
    }
}
