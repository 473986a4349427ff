package dev.whence.indexer;

import dev.whence.catalog.BlockCache;
import dev.whence.catalog.DatasetTable;
import dev.whence.catalog.SegmentRef;
import dev.whence.catalog.Version;
import dev.whence.index.IndexSnapshot;
import dev.whence.index.LakeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Compares a version's counts with those of its base and the difference of their files, read back
 * from the segments that are new: what a segment lists that replaces none was added, what one lists
 * that was folded must be what the old ones listed. The segments that both share are not read. Of a
 * dataset that lost files the whole list is counted: whoever changed it has read that, too.
 */
final class CountCheck {
    private final BlockCache cache;
    private final Base base;
    private final Base next;
    private final Set<Integer> counted;
    private final Set<String> checked;
    private final Map<Integer, Long> urlsAdded = new TreeMap<>(Integer::compareUnsigned);
    private long filesAdded;

    /**
     * @param withRemovals ids of the datasets that lost a file
     * @param checked ids of blocks that were compared with those that they replace when they were
     *     made
     */
    CountCheck(
            BlockCache cache,
            Base base,
            Base next,
            Set<Integer> withRemovals,
            Set<String> checked) {
        this.cache = cache;
        this.base = base;
        this.next = next;
        this.counted = withRemovals;
        this.checked = checked;
    }

    /**
     * @param version what {@code next} was opened from
     * @param problems is told each count that is wrong
     */
    void run(Version version, Consumer<String> problems) throws IOException {
        Set<String> known = base.blockIds();
        known.addAll(checked);
        for (SegmentRef segment : version.segments()) {
            if (!known.contains(segment.block().id())) {
                count(List.of(segment), 1);
                List<SegmentRef> folded = replacedBy(segment);
                if (!folded.isEmpty()) {
                    count(folded, -1);
                }
            }
        }
        counted.forEach(this::countWhole);
        Map<Integer, Long> urls = urlsByDataset(base.table());
        urlsAdded.forEach((datasetId, rows) -> urls.merge(datasetId, rows, Long::sum));
        Map<Integer, Long> told = urlsByDataset(next.table());
        told.keySet().forEach(datasetId -> urls.putIfAbsent(datasetId, 0L));
        urls.forEach((datasetId, rows) ->
                expect(
                        problems,
                        "URLs of dataset " + Integer.toUnsignedString(datasetId),
                        told.getOrDefault(datasetId, 0L),
                        rows));

        Version.Counts counts = version.counts();
        long total = urls.values().stream().mapToLong(Long::longValue).sum();
        expect(problems, "URLs", counts.urls(), total);
        expect(problems, "datasets", counts.datasets(), told.size());
        expect(problems, "files", counts.files(), base.counts().files() + filesAdded);
    }

    /** The segments of the base whose versions a new one covers; none if it covers only its own. */
    private List<SegmentRef> replacedBy(SegmentRef segment) {
        return base.segments().stream()
                .filter(old ->
                        old.fromVersion() >= segment.fromVersion()
                                && old.toVersion() <= segment.toVersion())
                .toList();
    }

    private void count(List<SegmentRef> segments, int sign) throws IOException {
        var directories = new ArrayList<Path>();
        for (SegmentRef segment : segments) {
            directories.add(cache.fetch(segment.block()));
        }
        try (var alone = IndexSnapshot.open(List.of(), directories);
                var files = alone.files()) {
            files.filter(file -> !counted.contains(file.datasetId()))
                    .forEach(file -> {
                        filesAdded += sign;
                        urlsAdded.merge(file.datasetId(), sign * file.rows(), Long::sum);
                    });
        }
    }

    private void countWhole(int datasetId) {
        List<LakeFile> before = base.snapshot().files(datasetId);
        List<LakeFile> after = next.snapshot().files(datasetId);
        filesAdded += after.size() - before.size();
        urlsAdded.merge(datasetId, rows(after) - rows(before), Long::sum);
    }

    private static long rows(List<LakeFile> files) {
        return files.stream().mapToLong(LakeFile::rows).sum();
    }

    private static Map<Integer, Long> urlsByDataset(DatasetTable table) {
        var urls = new TreeMap<Integer, Long>(Integer::compareUnsigned);
        table.rows().forEach(row -> urls.put(row.datasetId(), row.urlCount()));
        return urls;
    }

    private static void expect(Consumer<String> problems, String what, long told, long found) {
        if (told != found) {
            problems.accept("%s: %d by the index, %d found".formatted(what, told, found));
        }
    }
}
