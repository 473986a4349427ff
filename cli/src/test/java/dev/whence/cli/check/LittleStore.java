package dev.whence.cli.check;

import dev.whence.catalog.Block;
import dev.whence.catalog.DatasetRegistry;
import dev.whence.catalog.DatasetTable;
import dev.whence.catalog.FileRef;
import dev.whence.catalog.GenerationRef;
import dev.whence.catalog.SegmentRef;
import dev.whence.catalog.Version;
import dev.whence.catalog.VersionChain;
import dev.whence.index.BlockFile;
import dev.whence.index.GenerationWriter;
import dev.whence.index.LakeFile;
import dev.whence.index.RowGroupBounds;
import dev.whence.index.SegmentWriter;
import dev.whence.lake.LakeLayout;
import dev.whence.lake.UrlFileOptions;
import dev.whence.lake.UrlFileSummary;
import dev.whence.lake.UrlFileWriter;
import dev.whence.lake.UrlRow;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.url.InvalidUrlException;
import dev.whence.url.PublicSuffixes;
import dev.whence.url.UrlCanonicalizer;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;

/**
 * A store with one version, written by the libraries as the indexer would, in which any single fact
 * can be told wrong before it is published.
 */
final class LittleStore {
    private final ObjectStore store;
    private final Path directory;
    private final UrlCanonicalizer canonicalizer = new UrlCanonicalizer(PublicSuffixes.bundled());
    final TreeSet<String> domains = new TreeSet<>();
    final Map<Integer, Map<String, Long>> counts = new TreeMap<>();
    final List<LakeFile> files = new ArrayList<>();
    final Map<Long, byte[]> tails = new TreeMap<>();
    final List<DatasetTable.Row> table = new ArrayList<>();

    /** By the name of a block's file, what becomes of its bytes. */
    final Map<String, UnaryOperator<byte[]>> altered = new TreeMap<>();

    private long fileBlocks;

    LittleStore(ObjectStore store, Path directory) {
        this.store = store;
        this.directory = directory;
    }

    /** Registers a dataset and writes its URLs as files, so many URLs each. */
    LittleStore dataset(String name, List<String> urls, int urlsInFile)
            throws IOException, InvalidUrlException {
        int id = new DatasetRegistry(store, Clock.systemUTC()).register(name, false).id();
        Map<String, Long> byDomain = counts.computeIfAbsent(id, _ -> new TreeMap<>());
        for (int from = 0; from < urls.size(); from += urlsInFile) {
            var rows = new ArrayList<UrlRow>();
            for (String url : urls.subList(from, Math.min(urls.size(), from + urlsInFile))) {
                UrlRow row = UrlRow.of(canonicalizer.canonicalize(url), UrlRow.NO_TS, Map.of());
                rows.add(row);
                domains.add(row.domain());
                byDomain.merge(row.domain(), 1L, Long::sum);
            }
            rows.sort(UrlRow.ORDER);
            files.add(write(id, rows));
        }
        table.add(new DatasetTable.Row(id, name, urls.size(), byDomain.size()));
        return this;
    }

    void publish() throws IOException {
        List<String> sorted = List.copyOf(domains);
        UrlProfile profile = UrlProfile.current();
        Path generation = directory.resolve("generation");
        Block dictionary =
                block(generation, GenerationWriter.write(generation, profile, 0, sorted));
        var writer = new SegmentWriter(profile);
        counts.forEach((id, byDomain) ->
                byDomain.forEach((domain, urls) -> {
                    writer.change(sorted.indexOf(domain), id, urls);
                    writer.gain(sorted.indexOf(domain), id);
                }));
        for (LakeFile file : files) {
            byte[] tail = tails.get(file.fileId());
            if (tail == null) {
                writer.addFile(file);
            } else {
                writer.addFile(file, () -> tail);
            }
        }
        Path segment = directory.resolve("segment");
        Block changes = block(segment, writer.write(segment));
        Path tableDirectory = Files.createDirectories(directory.resolve("table"));
        byte[] json = new DatasetTable(table).encode();
        Files.write(tableDirectory.resolve(DatasetTable.FILE_NAME), json);
        var crc = new CRC32C();
        crc.update(json);
        Block datasets =
                block(
                        tableDirectory,
                        List.of(
                                new BlockFile(
                                        DatasetTable.FILE_NAME,
                                        json.length,
                                        (int) crc.getValue())));
        var versions = new VersionChain(store);
        long urls =
                counts.values().stream()
                        .flatMap(by -> by.values().stream())
                        .mapToLong(n -> n)
                        .sum();
        versions.publish(
                new Version(
                        Version.FORMAT,
                        1,
                        Instant.EPOCH,
                        "test",
                        profile.number(),
                        profile.suffixListDate(),
                        List.of(new GenerationRef(dictionary, 0, sorted.size())),
                        List.of(new SegmentRef(changes, 1, 1)),
                        datasets,
                        List.of(),
                        List.of(),
                        new Version.Counts(table.size(), sorted.size(), urls, files.size()),
                        files.size(),
                        1,
                        0,
                        List.of(),
                        List.of()));
    }

    private LakeFile write(int datasetId, List<UrlRow> rows) throws IOException {
        Path local = directory.resolve("file-" + files.size() + ".parquet");
        UrlFileSummary summary;
        try (var writer = new UrlFileWriter(local, UrlFileOptions.DEFAULT)) {
            for (UrlRow row : rows) {
                writer.write(row);
            }
            summary = writer.finish();
        }
        String key = LakeLayout.landingFile(datasetId, "topic", 0, files.size(), "id");
        store.put(key, ObjectBody.of(local));
        return new LakeFile(
                files.size(),
                datasetId,
                key,
                summary.bytes(),
                summary.rowGroups().stream()
                        .map(group ->
                                new RowGroupBounds(
                                        group.rows(), group.firstDomain(), group.lastDomain()))
                        .toList());
    }

    private Block block(Path local, List<BlockFile> written) throws IOException {
        var references = new ArrayList<FileRef>();
        for (BlockFile file : written) {
            references.add(reference(local, file));
        }
        var block = new Block(Block.newId(1, "block" + fileBlocks++), references);
        for (FileRef file : block.files()) {
            store.put(block.key(file), ObjectBody.of(local.resolve(file.name())));
        }
        return block;
    }

    private FileRef reference(Path local, BlockFile file) throws IOException {
        UnaryOperator<byte[]> change = altered.get(file.name());
        if (change == null) {
            return new FileRef(file.name(), file.bytes(), file.crc32c());
        }
        Path path = local.resolve(file.name());
        byte[] bytes = change.apply(Files.readAllBytes(path));
        Files.write(path, bytes);
        var crc = new CRC32C();
        crc.update(bytes);
        return new FileRef(file.name(), bytes.length, (int) crc.getValue());
    }
}
