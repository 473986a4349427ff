package dev.whence.query;

import dev.whence.catalog.Block;
import dev.whence.catalog.Commit;
import dev.whence.catalog.DatasetChange;
import dev.whence.catalog.DatasetTable;
import dev.whence.catalog.FileRef;
import dev.whence.catalog.FreshId;
import dev.whence.catalog.GenerationRef;
import dev.whence.catalog.LogPosition;
import dev.whence.catalog.QueueRef;
import dev.whence.catalog.RefusedBatch;
import dev.whence.catalog.SegmentRef;
import dev.whence.catalog.Strategy;
import dev.whence.catalog.Version;
import dev.whence.catalog.VersionChain;
import dev.whence.index.BlockFile;
import dev.whence.index.GenerationWriter;
import dev.whence.index.LakeFile;
import dev.whence.index.RowGroupBounds;
import dev.whence.index.SegmentWriter;
import dev.whence.lake.LakeLayout;
import dev.whence.lake.UrlFile;
import dev.whence.lake.UrlFileOptions;
import dev.whence.lake.UrlFileSummary;
import dev.whence.lake.UrlFileWriter;
import dev.whence.lake.UrlRow;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * Publishes versions into a store, small and by hand, with the libraries alone; remembers what each
 * version holds, as the judge of what is answered. Not thread-safe.
 */
public final class Publisher {
    /** What a version holds: the rows of each dataset in the order in which they are listed. */
    public record Contents(Map<Integer, List<UrlRow>> rows) {

        public List<UrlRow> of(String domain, int datasetId) {
            return rows.getOrDefault(datasetId, List.of()).stream()
                    .filter(row -> row.domain().equals(domain))
                    .toList();
        }

        public Map<Integer, Long> counts(String domain) {
            Map<Integer, Long> counts = new TreeMap<>();
            rows.forEach((id, all) -> {
                long count = of(domain, id).size();
                if (count > 0) {
                    counts.put(id, count);
                }
            });
            return counts;
        }

        public List<String> domains() {
            return rows.values().stream()
                    .flatMap(List::stream)
                    .map(UrlRow::domain)
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    private final ObjectStore store;
    private final VersionChain chain;
    private final Path scratch;
    private final FreshId ids = new FreshId(Clock.systemUTC(), new Random());
    private final Map<String, Integer> ordinals = new HashMap<>();
    private final Set<Map.Entry<Integer, Integer>> held = new HashSet<>();
    private final TreeMap<Integer, String> names = new TreeMap<>();
    private final List<Contents> history = new ArrayList<>(List.of(new Contents(Map.of())));
    private UrlFileOptions options = UrlFileOptions.DEFAULT;
    private UrlProfile profile = UrlProfile.current();
    private long oldestRetained = 1;
    private long miscount;
    private boolean tails = true;
    private List<GenerationRef> generations = List.of();
    private List<SegmentRef> segments = List.of();
    private long nextFileId;

    public Publisher(ObjectStore store, Path scratch) throws IOException {
        this.store = store;
        this.chain = new VersionChain(store);
        this.scratch = Files.createDirectories(scratch);
    }

    public ObjectStore store() {
        return store;
    }

    public long newest() {
        return history.size() - 1;
    }

    public Contents contents(long version) {
        return history.get((int) version);
    }

    public String name(int datasetId) {
        return names.get(datasetId);
    }

    /** Names a dataset that is new in the next version. */
    public Publisher name(int datasetId, String name) {
        names.put(datasetId, name);
        return this;
    }

    /** Writes the next files in that way. */
    public Publisher options(UrlFileOptions next) {
        options = next;
        return this;
    }

    /** Claims that profile in the next versions. */
    public Publisher profile(UrlProfile next) {
        profile = next;
        return this;
    }

    /** Keeps only versions from that on. */
    public Publisher retainFrom(long version) {
        oldestRetained = version;
        return this;
    }

    /** Counts so many URLs too many in every pair of the next version, a lie. */
    public Publisher miscount(long error) {
        miscount = error;
        return this;
    }

    /** Publishes the next versions without tails, as before there were any. */
    public Publisher withoutTails() {
        tails = false;
        return this;
    }

    /** Publishes a version in which a dataset has one more file. */
    public Version publish(int datasetId, List<UrlRow> rows) throws IOException {
        return publish(Map.of(datasetId, rows));
    }

    /** Publishes a version in which each of these datasets has one more file of these rows. */
    public Version publish(Map<Integer, List<UrlRow>> added) throws IOException {
        long number = newest() + 1;
        added.keySet().forEach(id -> names.computeIfAbsent(id, x -> "dataset " + id));
        generations = with(generations, generation(number, added));
        SegmentRef segment = segment(number, added);
        segments = with(segments, List.of(segment));
        Contents contents = grown(added);
        var version =
                new Version(
                        Version.FORMAT,
                        number,
                        Instant.now(),
                        ids.next(),
                        profile.number(),
                        profile.suffixListDate(),
                        generations,
                        segments,
                        table(number, contents),
                        List.of(new LogPosition("topic", 0, number * 100)),
                        added.entrySet().stream()
                                .map(each -> change(each.getKey(), each.getValue().size()))
                                .toList(),
                        counts(contents),
                        nextFileId,
                        oldestRetained,
                        0,
                        List.of(),
                        List.of(),
                        List.of(new QueueRef(0, number)),
                        null,
                        null);
        if (!(chain.publish(version) instanceof Commit.Done)) {
            throw new IllegalStateException("version " + number + " was published by another");
        }
        chain.announce(version);
        history.add(contents);
        miscount = 0;
        return version;
    }

    private static DatasetChange change(int datasetId, long rows) {
        return new DatasetChange(
                datasetId,
                rows + 2,
                rows,
                Map.of("unsupported-scheme", 2L),
                rows,
                0,
                List.of(new RefusedBatch(Strategy.FULL_MERGE, "nightly", "expired")));
    }

    private List<GenerationRef> generation(long number, Map<Integer, List<UrlRow>> added)
            throws IOException {
        var fresh = new TreeSet<String>();
        added.values().forEach(rows -> rows.forEach(row -> fresh.add(row.domain())));
        fresh.removeAll(ordinals.keySet());
        if (fresh.isEmpty()) {
            return List.of();
        }
        int first = ordinals.size();
        fresh.forEach(domain -> ordinals.put(domain, ordinals.size()));
        Path directory = scratch.resolve("generation-" + ids.next());
        List<BlockFile> files =
                GenerationWriter.write(directory, UrlProfile.current(), first, fresh);
        return List.of(new GenerationRef(upload(number, directory, files), first, fresh.size()));
    }

    private SegmentRef segment(long number, Map<Integer, List<UrlRow>> added) throws IOException {
        var writer = new SegmentWriter(UrlProfile.current());
        for (var each : new TreeMap<>(added).entrySet()) {
            int datasetId = each.getKey();
            LakeFile file = file(number, datasetId, sorted(each.getValue()));
            UrlFile opened = UrlFile.open(store, file.key(), file.bytes());
            opened.tail()
                    .filter(_ -> tails)
                    .ifPresentOrElse(
                            tail -> writer.addFile(file, () -> tail), () -> writer.addFile(file));
            each.getValue().stream()
                    .collect(Collectors.groupingBy(UrlRow::domain, Collectors.counting()))
                    .forEach((domain, rows) -> {
                        writer.change(ordinals.get(domain), datasetId, rows + miscount);
                        if (held.add(Map.entry(ordinals.get(domain), datasetId))) {
                            writer.gain(ordinals.get(domain), datasetId);
                        }
                    });
        }
        Path directory = scratch.resolve("segment-" + ids.next());
        return new SegmentRef(upload(number, directory, writer.write(directory)), number, number);
    }

    private LakeFile file(long number, int datasetId, List<UrlRow> rows) throws IOException {
        Path local = scratch.resolve(ids.next() + ".parquet");
        UrlFileSummary summary;
        try (var writer = new UrlFileWriter(local, options)) {
            for (UrlRow row : rows) {
                writer.write(row);
            }
            summary = writer.finish();
        }
        String key = LakeLayout.part(datasetId, LakeLayout.NO_PREFIX, number, ids.next());
        store.put(key, ObjectBody.of(local));
        return new LakeFile(
                nextFileId++,
                datasetId,
                key,
                summary.bytes(),
                summary.rowGroups().stream()
                        .map(group ->
                                new RowGroupBounds(
                                        group.rows(), group.firstDomain(), group.lastDomain()))
                        .toList());
    }

    private Block table(long number, Contents contents) throws IOException {
        List<DatasetTable.Row> rows = new ArrayList<>();
        names.forEach((id, name) -> {
            List<UrlRow> all = contents.rows().getOrDefault(id, List.of());
            long domains = all.stream().map(UrlRow::domain).distinct().count();
            rows.add(new DatasetTable.Row(id, name, all.size(), domains));
        });
        byte[] json = new DatasetTable(rows).encode();
        var crc = new CRC32C();
        crc.update(json);
        var file = new FileRef(DatasetTable.FILE_NAME, json.length, (int) crc.getValue());
        var block = new Block(Block.newId(number, ids.next()), List.of(file));
        store.put(block.key(file), ObjectBody.of(json));
        return block;
    }

    private Block upload(long number, Path directory, List<BlockFile> files) throws IOException {
        var block =
                new Block(
                        Block.newId(number, ids.next()),
                        files.stream()
                                .map(file -> new FileRef(file.name(), file.bytes(), file.crc32c()))
                                .toList());
        for (FileRef file : block.files()) {
            store.put(block.key(file), ObjectBody.of(directory.resolve(file.name())));
        }
        return block;
    }

    private Contents grown(Map<Integer, List<UrlRow>> added) {
        Map<Integer, List<UrlRow>> all = new TreeMap<>(contents(newest()).rows());
        added.forEach((id, rows) -> all.merge(id, sorted(rows), Publisher::with));
        return new Contents(all);
    }

    private static Version.Counts counts(Contents contents) {
        return new Version.Counts(
                contents.rows().size(),
                contents.domains().size(),
                contents.rows().values().stream().mapToLong(List::size).sum(),
                contents.rows().size());
    }

    private static List<UrlRow> sorted(List<UrlRow> rows) {
        return rows.stream().sorted(UrlRow.ORDER).toList();
    }

    private static <T> List<T> with(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }
}
