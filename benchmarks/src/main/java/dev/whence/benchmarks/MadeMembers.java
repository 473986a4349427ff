package dev.whence.benchmarks;

import dev.whence.index.BlockFile;
import dev.whence.index.DatasetCount;
import dev.whence.index.SegmentWriter;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Made-up counts: each domain is in 4.1 datasets on average, some datasets are in a third of all
 * domains and most in few, and most counts are small. They follow from the ordinal alone, so that
 * whatever an index answers can be compared.
 */
final class MadeMembers {
    static final int DATASETS = 2_000;

    private static final int MORE_PERCENT = 76;
    private static final int MOST_DATASETS = 100;
    private static final int ORDINALS_A_PART = 8_000_000;
    private static final long SEED = 41;

    private MadeMembers() {}

    /** The datasets of a domain, as the index gives them. */
    static List<DatasetCount> of(int ordinal) {
        var random = new SplittableRandom(SEED * ordinal + SEED);
        var counts = new TreeMap<Integer, Long>();
        do {
            int dataset = (int) (DATASETS * Math.pow(random.nextDouble(), 3));
            counts.put(dataset, 1 + (long) (0.3 / (random.nextDouble() + 1e-4)));
        } while (counts.size() < MOST_DATASETS && random.nextInt(100) < MORE_PERCENT);
        var list = new ArrayList<DatasetCount>(counts.size());
        counts.forEach((dataset, urls) -> list.add(new DatasetCount(dataset, urls)));
        return list;
    }

    /**
     * Writes them as a stack of segments, each with its share of the pairs of every domain; built
     * in parts and folded, in memory that does not grow.
     *
     * @return the files of all
     */
    static List<BlockFile> write(List<Path> stack, int domains) throws IOException {
        var files = new ArrayList<BlockFile>();
        for (int segment = 0; segment < stack.size(); segment++) {
            Path directory = stack.get(segment);
            var parts = new ArrayList<Path>();
            for (int from = 0; from < domains; from += ORDINALS_A_PART) {
                int to = (int) Math.min(domains, (long) from + ORDINALS_A_PART);
                boolean whole = from == 0 && to == domains;
                Path part = whole ? directory : directory.resolveSibling("part-" + from);
                SegmentWriter writer = new SegmentWriter(UrlProfile.current());
                for (int ordinal = from; ordinal < to; ordinal++) {
                    add(writer, ordinal, segment, stack.size());
                }
                List<BlockFile> written = writer.write(part);
                if (whole) {
                    files.addAll(written);
                } else {
                    parts.add(part);
                }
            }
            if (!parts.isEmpty()) {
                files.addAll(SegmentWriter.fold(directory, parts, true));
                for (Path part : parts) {
                    new ScratchDirectory(part).close();
                }
            }
        }
        return files;
    }

    private static void add(SegmentWriter writer, int ordinal, int segment, int segments) {
        for (DatasetCount count : of(ordinal)) {
            if ((ordinal + count.datasetId()) % segments == segment) {
                writer.change(ordinal, count.datasetId(), count.urls());
                writer.gain(ordinal, count.datasetId());
            }
        }
    }
}
