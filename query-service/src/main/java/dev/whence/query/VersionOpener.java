package dev.whence.query;

import dev.whence.catalog.Block;
import dev.whence.catalog.BlockCache;
import dev.whence.catalog.DatasetTable;
import dev.whence.catalog.GenerationRef;
import dev.whence.catalog.SegmentRef;
import dev.whence.catalog.Version;
import dev.whence.index.IndexSnapshot;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Fetches what a version needs and is not here yet, and opens it. Thread-safe. */
final class VersionOpener {
    private final BlockCache blocks;
    private final UrlProfile profile;

    VersionOpener(BlockCache blocks, UrlProfile profile) {
        this.blocks = blocks;
        this.profile = profile;
    }

    /**
     * Opens a version.
     *
     * @throws UnknownProfileException if its domains were cut by other rules than ours: lookups
     *     would miss silently
     * @throws IOException if a block cannot be fetched, or is not what the version says
     */
    OpenVersion open(Version version) throws IOException {
        var made = new UrlProfile(version.urlProfile(), version.suffixListDate());
        if (!made.equals(profile)) {
            throw new UnknownProfileException(version.number(), made, profile);
        }
        List<Path> generations = new ArrayList<>();
        for (GenerationRef generation : version.generations()) {
            generations.add(blocks.fetch(generation.block()));
        }
        List<Path> segments = new ArrayList<>();
        for (SegmentRef segment : version.segments()) {
            segments.add(blocks.fetch(segment.block()));
        }
        // Before anything is mapped: what goes wrong here must leave no mapping behind.
        List<DatasetTable.Row> datasets = List.copyOf(table(version.datasetTable()).rows());
        return new OpenVersion(version, IndexSnapshot.open(generations, segments), datasets);
    }

    private DatasetTable table(Block block) throws IOException {
        Path file = blocks.fetch(block).resolve(DatasetTable.FILE_NAME);
        return DatasetTable.decode(file.toString(), Files.readAllBytes(file));
    }
}
