package dev.whence.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.DatasetTable;
import dev.whence.index.LakeFile;
import dev.whence.lake.UrlFile;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCheckTest {
    private final ObjectStore store = ObjectStores.memory();
    private final List<String> told = new ArrayList<>();

    @TempDir Path directory;

    private LittleStore little;

    @BeforeEach
    void write() throws Exception {
        var urls = new ArrayList<String>();
        for (int at = 0; at < 500; at++) {
            urls.add("https://www.site%02d.example/page/%d".formatted(at % 40, at));
        }
        little =
                new LittleStore(store, directory)
                        .dataset("whole", urls, 120)
                        .dataset("part", urls.subList(0, 30), 1_000);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void findsNothingWhereNothingIsWrong() throws IOException {
        little.publish();
        Checked checked = check(new LakeReach.Whole());
        assertThat(told).isEmpty();
        assertThat(checked).isEqualTo(new Checked(1, 3, 40, 70, 6, 530));
    }

    @Test
    void comparesRandomDomainsOnly() throws IOException {
        little.publish();
        Checked checked = check(new LakeReach.Sample(10));
        assertThat(told).isEmpty();
        assertThat(checked.rows()).isBetween(10L * 12, 10L * 15);
    }

    @Test
    void namesTheDomainWhoseCountIsWrong() throws IOException {
        little.counts.get(0).merge("site07.example", 1L, Long::sum);
        little.counts.get(0).merge("site08.example", -1L, Long::sum);
        little.publish();
        check(new LakeReach.Whole());
        assertThat(told)
                .containsExactly(
                        "dataset 0 'whole', domain site07.example: the index counts 14 URLs, the lake holds 13",
                        "dataset 0 'whole', domain site08.example: the index counts 12 URLs, the lake holds 13");
        told.clear();
        check(new LakeReach.Sample(300));
        assertThat(told)
                .contains(
                        "dataset 0 'whole', domain site07.example: the index counts 14 URLs, the lake holds 13");
    }

    @Test
    void namesCountsThatStandUnderTheWrongDataset() throws IOException {
        little.counts.get(0).merge("site00.example", -1L, Long::sum);
        little.counts.get(1).merge("site00.example", 1L, Long::sum);
        little.publish();
        check(new LakeReach.Whole());
        assertThat(told)
                .contains(
                        "dataset 0 'whole', domain site00.example: the index counts 12 URLs, the lake holds 13",
                        "dataset 1 'part', domain site00.example: the index counts 2 URLs, the lake holds 1",
                        "table: dataset 1 'part' has 30 URLs, the index counts 31");
    }

    @Test
    void namesAFileThatIsNotThere() throws IOException {
        little.publish();
        store.delete(little.files.getFirst().key());
        check(new LakeReach.Whole());
        assertThat(told).hasSize(2);
        assertThat(told.getFirst()).contains("file " + little.files.getFirst().key());
        assertThat(told.getLast())
                .contains(
                        "dataset 0 'whole': counts were not compared, as a file could not be read");
    }

    @Test
    void namesAFileThatIsDamagedOrAnother() throws IOException {
        little.publish();
        String first = little.files.getFirst().key();
        byte[] bytes = store.get(first);
        byte[] damaged = bytes.clone();
        damaged[bytes.length / 3] ^= 1;
        store.put(first, ObjectBody.of(damaged));
        String second = little.files.get(1).key();
        store.put(second, ObjectBody.of(bytes));
        check(new LakeReach.Whole());
        assertThat(told).anyMatch(finding -> finding.startsWith("file " + second));
        assertThat(told)
                .as("a flipped bit of a column that is not read may only show in the counts")
                .isNotEmpty();
    }

    @Test
    void namesAFileThatTheIndexForgot() throws IOException {
        little.files.removeLast();
        little.publish();
        check(new LakeReach.Whole());
        assertThat(told)
                .hasSize(21)
                .contains(
                        "dataset 1 'part', domain site00.example: the index counts 1 URLs, the lake holds 0",
                        "dataset 1 'part': 10 more domains whose counts differ");
    }

    @Test
    void namesATailThatIsNotTheFilesOwn() throws Exception {
        var urls = new ArrayList<String>();
        for (int at = 0; at < 60_000; at++) {
            urls.add("https://www.site%02d.example/%d".formatted(at % 40, at));
        }
        little.dataset("large", urls, 30_000);
        LakeFile one = little.files.get(little.files.size() - 2);
        LakeFile other = little.files.getLast();
        byte[] tail = UrlFile.open(store, one.key()).tail().orElseThrow();
        little.tails.put(one.fileId(), tail);
        little.tails.put(other.fileId(), tail);
        little.tails.put(little.files.getFirst().fileId(), new byte[] {1, 2, 3});
        little.publish();
        check(new LakeReach.Whole());
        assertThat(told)
                .hasSize(2)
                .anyMatch(finding -> finding.contains(little.files.getFirst().key()))
                .contains(
                        "file %s: the tail in the index is not the file's own"
                                .formatted(other.key()));
    }

    @Test
    void namesWrongBoundsOfAFile() throws IOException {
        LakeFile file = little.files.getFirst();
        little.files.set(
                0,
                new LakeFile(
                        file.fileId(),
                        file.datasetId(),
                        file.key(),
                        file.bytes() + 1,
                        file.rowGroups()));
        little.publish();
        check(new LakeReach.Whole());
        assertThat(told)
                .containsExactly(
                        "file %s, bytes: expected %d, found %d"
                                .formatted(file.key(), file.bytes() + 1, file.bytes()));
    }

    @Test
    void namesWhatTheTableOfDatasetsHasWrong() throws IOException {
        little.table.set(0, new DatasetTable.Row(0, "hole", 501, 41));
        little.table.set(1, new DatasetTable.Row(5, "stray", 0, 0));
        little.publish();
        check(new LakeReach.Whole());
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "table: dataset 0 'hole' is registered as 'whole'",
                        "table: dataset 0 'hole' has 501 URLs, the index counts 500",
                        "table: dataset 0 'hole' has 41 domains, the index counts 40",
                        "table: dataset 5 'stray' is not registered",
                        "table: dataset 1 of the index is missing");
    }

    @Test
    void namesEveryBlockThatIsDamaged() throws IOException {
        little.publish();
        List<String> blocks;
        try (Stream<ObjectInfo> objects = store.list("index/blocks/")) {
            blocks = objects.map(ObjectInfo::key).toList();
        }
        assertThat(blocks).hasSizeGreaterThan(2);
        for (String key : blocks) {
            byte[] whole = store.get(key);
            byte[] damaged = whole.clone();
            damaged[damaged.length / 2] ^= 4;
            store.put(key, ObjectBody.of(damaged));
            told.clear();
            check(new LakeReach.Whole());
            assertThat(told).hasSize(1);
            assertThat(told.getFirst()).contains("version 1 cannot be read").contains(key);
            store.put(key, ObjectBody.of(whole));
        }
    }

    @Test
    void saysThatThereIsNoVersion() throws IOException {
        assertThat(
                        new StoreCheck(store, new Findings(told::add))
                                .run(OptionalLong.empty(), new LakeReach.Whole(), new Random()))
                .isEmpty();
    }

    private Checked check(LakeReach reach) throws IOException {
        return new StoreCheck(store, new Findings(told::add))
                .run(OptionalLong.of(1), reach, new Random(Long.getLong("seed", 1)))
                .orElseThrow();
    }
}
