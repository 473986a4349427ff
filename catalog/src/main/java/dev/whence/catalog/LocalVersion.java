package dev.whence.catalog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be known of a version on the local disk to open it.
 *
 * @param generations directories of the generations, in their order
 * @param segments directories of the segments, in their order
 */
public record LocalVersion(List<Path> generations, List<Path> segments, DatasetTable table) {

    /**
     * Fetches the blocks that the cache lacks, and reads the table.
     *
     * @throws CorruptCatalogException if a block is another than the version says
     */
    public static LocalVersion fetch(Version version, BlockCache cache) throws IOException {
        List<Path> generations = new ArrayList<>();
        for (GenerationRef generation : version.generations()) {
            generations.add(cache.fetch(generation.block()));
        }
        List<Path> segments = new ArrayList<>();
        for (SegmentRef segment : version.segments()) {
            segments.add(cache.fetch(segment.block()));
        }
        Block block = version.datasetTable();
        FileRef file = block.files().getFirst();
        return new LocalVersion(
                List.copyOf(generations),
                List.copyOf(segments),
                DatasetTable.decode(block.key(file), cache.read(block, file)));
    }
}
