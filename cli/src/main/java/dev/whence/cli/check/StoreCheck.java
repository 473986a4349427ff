package dev.whence.cli.check;

import dev.whence.catalog.BlockCache;
import dev.whence.catalog.CatalogTooNewException;
import dev.whence.catalog.CorruptCatalogException;
import dev.whence.catalog.DatasetRegistry;
import dev.whence.catalog.Version;
import dev.whence.catalog.VersionChain;
import dev.whence.index.IndexFileException;
import dev.whence.index.IndexFileTooNewException;
import dev.whence.index.IndexFileTooOldException;
import dev.whence.index.IndexSnapshot;
import dev.whence.index.LakeFile;
import dev.whence.store.ObjectNotFoundException;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Reads a version back: fetch, check the index, compare with the table, compare with the lake. */
public final class StoreCheck {
    private final ObjectStore store;
    private final Findings findings;

    public StoreCheck(ObjectStore store, Findings findings) {
        this.store = store;
        this.findings = findings;
    }

    /**
     * Checks a version.
     *
     * @param number the version; the newest if empty
     * @param reach how much of the lake is read
     * @return what was read; empty if there is no such version
     * @throws UnknownFormatException if another release than this one wrote the version, so that
     *     nothing can be told of it
     * @throws IOException if the store or the disk fails; what is merely wrong is a finding
     */
    public Optional<Checked> run(OptionalLong number, LakeReach reach, RandomGenerator random)
            throws IOException {
        try {
            VersionChain versions = new VersionChain(store);
            Optional<Version> version =
                    number.isPresent() ? versions.read(number.getAsLong()) : versions.latest();
            return version.isEmpty()
                    ? Optional.empty()
                    : Optional.of(check(version.get(), reach, random));
        } catch (CatalogTooNewException | IndexFileTooNewException | IndexFileTooOldException e) {
            throw new UnknownFormatException(e);
        }
    }

    private Checked check(Version version, LakeReach reach, RandomGenerator random)
            throws IOException {
        Path directory = Files.createTempDirectory("whence-check-");
        try {
            return check(version, directory, reach, random);
        } finally {
            delete(directory);
        }
    }

    private Checked check(Version version, Path directory, LakeReach reach, RandomGenerator random)
            throws IOException {
        try (MappedVersion mapped =
                MappedVersion.fetch(version, new BlockCache(store, directory))) {
            IndexSnapshot index = mapped.index();
            index.check().forEach(findings::add);
            var counts = new CountCheck(mapped, new LakeFileCheck(store, findings), findings);
            Map<Integer, DatasetSum> sums = counts.indexSums();
            var table =
                    new TableCheck(mapped, new DatasetRegistry(store, Clock.systemUTC()), findings);
            table.compare(sums);
            table.compareTotals(sums, domainsWithUrls(index), liveFiles(index));
            long pairs = sums.values().stream().mapToLong(DatasetSum::domains).sum();
            long filesRead = 0;
            long rowsRead = 0;
            switch (reach) {
                case LakeReach.None _ -> {}
                case LakeReach.Sample sample -> {
                    var sampled = new SampleCheck(store, mapped, findings);
                    sampled.compare(sample.domains(), random);
                    filesRead = sampled.filesRead();
                    rowsRead = sampled.rowsRead();
                }
                case LakeReach.Whole _ -> {
                    counts.compare(sums);
                    filesRead = counts.filesRead();
                    rowsRead = counts.rowsRead();
                }
            }
            return new Checked(
                    version.number(), mapped.blocks(), index.domains(), pairs, filesRead, rowsRead);
        } catch (CatalogTooNewException | IndexFileTooNewException | IndexFileTooOldException e) {
            throw e;
        } catch (CorruptCatalogException | ObjectNotFoundException | IndexFileException e) {
            // Without its blocks there is nothing to compare with.
            findings.add("version " + version.number() + " cannot be read: " + e.getMessage());
            return new Checked(version.number(), 0, 0, 0, 0, 0);
        }
    }

    private static long domainsWithUrls(IndexSnapshot index) {
        long domains = 0;
        for (int ordinal = 0; ordinal < index.domains(); ordinal++) {
            domains += index.datasetsOf(ordinal).isEmpty() ? 0 : 1;
        }
        return domains;
    }

    private static long liveFiles(IndexSnapshot index) {
        try (Stream<LakeFile> files = index.files()) {
            return files.count();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
