package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.Block;
import dev.whence.catalog.BlockCache;
import dev.whence.catalog.DatasetTable;
import dev.whence.catalog.FileRef;
import dev.whence.catalog.SegmentRef;
import dev.whence.catalog.Version;
import dev.whence.indexer.Landings.Batch;
import dev.whence.store.ObjectBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountCheckTest {
    @TempDir Path directory;
    private Fixture fixture;

    @BeforeEach
    void publishThree() throws IOException {
        fixture = new Fixture(directory, 1);
        try (Indexer indexer = fixture.indexer()) {
            for (int i = 0; i < 3; i++) {
                fixture.landings.commit(
                        0,
                        Batch.append("c4", "http://a.example/" + i, "http://b.example/" + i),
                        Batch.insert("pile", "http://a.example/" + i));
                fixture.publishAll(indexer);
            }
            indexer.foldOnce();
            fixture.publishAll(indexer);
        }
    }

    @Test
    void findsNothingWrongWithWhatWasPublished() throws IOException {
        for (long number = 2; number <= fixture.newest().number(); number++) {
            assertThat(problems(version(number - 1), version(number))).isEmpty();
        }
    }

    @Test
    void findsACountThatIsWrong() throws IOException {
        Version newest = fixture.newest();
        Version.Counts right = newest.counts();
        var wrong =
                new Version.Counts(
                        right.datasets() + 1, right.domains(), right.urls() - 1, right.files() + 1);
        Version before = version(newest.number() - 1);
        assertThat(problems(before, with(newest, wrong, newest.segments(), newest.datasetTable())))
                .hasSize(3)
                .anyMatch(problem -> problem.startsWith("datasets: 3 by the index, 2 found"))
                .anyMatch(problem -> problem.startsWith("URLs: 8 by the index, 9 found"))
                .anyMatch(problem -> problem.startsWith("files: "));
    }

    @Test
    void findsASegmentThatIsMissing() throws IOException {
        Version first = version(1);
        Version second = version(2);
        assertThat(
                        problems(
                                first,
                                with(
                                        second,
                                        second.counts(),
                                        first.segments(),
                                        second.datasetTable())))
                .anyMatch(problem -> problem.startsWith("URLs of dataset 0: 4 by the index, 2"))
                .anyMatch(problem -> problem.startsWith("files: 4 by the index, 2"));
    }

    @Test
    void findsADatasetWhoseCountChangedThoughNothingCame() throws IOException {
        Version first = version(1);
        Version second = version(2);
        var rows = new ArrayList<>(fixture.open(second).table().rows());
        var row = rows.getFirst();
        rows.set(
                0,
                new DatasetTable.Row(
                        row.datasetId(), row.name(), row.urlCount() + 1, row.domainCount()));
        Block table = put(new DatasetTable(rows).encode());
        assertThat(problems(first, with(second, second.counts(), second.segments(), table)))
                .containsExactly("URLs of dataset 0: 5 by the index, 4 found");
    }

    @Test
    void findsAFoldThatDroppedFiles() throws IOException {
        Version fold = fixture.newest();
        assertThat(fold.segments()).hasSize(1);
        Block less = copy(version(1).segments().getFirst().block());
        var wrong = List.of(new SegmentRef(less, 1, 3));
        assertThat(problems(version(3), with(fold, fold.counts(), wrong, fold.datasetTable())))
                .anyMatch(problem -> problem.startsWith("URLs of dataset 0: 6 by the index, 2"))
                .anyMatch(problem -> problem.startsWith("files: 6 by the index, 2"));
    }

    /**
     * What is damaged there would be noticed, were it read: the base was checked when it was new.
     */
    @Test
    void aPublishReadsNoFileListOfTheSegmentsBeforeIt() throws IOException {
        Path cache = Files.createDirectories(directory.resolve("cache"));
        try (Indexer indexer = fixture.indexer(fixture.store, withoutSamples(), cache)) {
            fixture.landings.commit(0, Batch.append("c4", "http://c.example/"));
            fixture.publishAll(indexer);
            String damaged = fixture.newest().segments().getLast().block().id();
            damage(cache.resolve(damaged).resolve("files"));

            fixture.landings.commit(
                    0,
                    Batch.append("c4", "http://d.example/"),
                    Batch.insert("pile", "http://e.example/"));
            assertThat(fixture.publishAll(indexer)).isEqualTo(1);
        }
        fixture.assertExact();
    }

    /** A sample asks the index for its files, old and new. */
    private static IndexerSettings withoutSamples() {
        return new IndexerSettings(
                new PublishLimits(1_000, 1_000_000, 1L << 30),
                8,
                12,
                2,
                2,
                0,
                Fixture.RETENTION,
                false,
                Duration.ofHours(1),
                1_000,
                Duration.ofHours(24),
                MergeRunSettings.DEFAULT,
                CompactionSettings.DEFAULT);
    }

    private static void damage(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[40]), 100);
        }
    }

    private List<String> problems(Version from, Version to) throws IOException {
        var cache = new BlockCache(fixture.store, Files.createTempDirectory(directory, "cache"));
        var problems = new ArrayList<String>();
        try (Base base = Base.open(from, cache);
                Base next = Base.open(to, cache)) {
            new CountCheck(cache, base, next, Set.of(), Set.of()).run(to, problems::add);
        }
        return problems;
    }

    private Version version(long number) throws IOException {
        return fixture.versions.read(number).orElseThrow();
    }

    private Block put(byte[] table) throws IOException {
        var crc = new CRC32C();
        crc.update(table);
        var file = new FileRef(DatasetTable.FILE_NAME, table.length, (int) crc.getValue());
        var block = new Block(Block.newId(99, "fresh00000000000000000table"), List.of(file));
        fixture.store.put(block.key(file), ObjectBody.of(table));
        return block;
    }

    private Block copy(Block block) throws IOException {
        var copy = new Block(Block.newId(99, "fresh000000000000000000copy"), block.files());
        for (FileRef file : block.files()) {
            fixture.store.put(copy.key(file), ObjectBody.of(fixture.store.get(block.key(file))));
        }
        return copy;
    }

    private static Version with(
            Version version, Version.Counts counts, List<SegmentRef> segments, Block table) {
        return new Version(
                version.format(),
                version.number(),
                version.publishedAt(),
                version.writer(),
                version.urlProfile(),
                version.suffixListDate(),
                version.generations(),
                segments,
                table,
                version.positions(),
                version.changes(),
                counts,
                version.nextFileId(),
                version.oldestRetained(),
                version.deletedUpTo(),
                version.superseded(),
                version.parts());
    }
}
