package dev.whence.merge.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.merge.DataFile;
import dev.whence.merge.Dataset;
import dev.whence.merge.Fate;
import dev.whence.merge.FileOutcome;
import dev.whence.merge.MergeCounts;
import dev.whence.merge.MergeOutcome;
import dev.whence.merge.MergeRefusedException;
import dev.whence.merge.Partition;
import dev.whence.merge.Staging;
import dev.whence.merge.directory.TableCleaning.Cleaned;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import dev.whence.store.fault.Fault;
import dev.whence.store.fault.FaultyObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTableTest {
    private static final Instant FUTURE = Instant.parse("2999-01-01T00:00:00Z");

    @TempDir Path scratch;

    private final ObjectStore store = ObjectStores.memory();

    @Test
    void isWhatLiesThereBeforeItsFirstCommit() throws Exception {
        Words.put(store, "b.parquet", "b");
        Words.put(store, "deep/er/a.parquet", "a");
        for (String path :
                List.of(
                        "_temporary/0/x.parquet",
                        ".hidden/x.parquet",
                        "deep/.x.parquet",
                        "_x.parquet",
                        "x.parquet.crc",
                        "x.csv",
                        "_SUCCESS")) {
            Words.put(store, path, "no data");
        }
        store.put("tt/x.parquet", ObjectBody.of(new byte[1]));
        TableSnapshot snapshot = Words.table(store).snapshot();
        assertThat(snapshot.number()).isZero();
        assertThat(snapshot.files())
                .extracting(live -> live.file().path())
                .containsExactly("b.parquet", "deep/er/a.parquet");
        assertThat(snapshot.dataset(store).files())
                .extracting(file -> file.key())
                .containsExactly("t/b.parquet", "t/deep/er/a.parquet");
        assertThat(Words.keys(store, "t/_whence")).isEmpty();
    }

    @Test
    void takesAPartitionColumnThatBeginsWithAnUnderscore() throws Exception {
        Words.put(store, "_year=2024/a.parquet", "a");
        assertThat(Words.committed(store)).containsExactly("_year=2024/a");
    }

    @Test
    void putsNewFilesIntoTheFoldersThatThereAre() throws Exception {
        Words.put(store, "city=a%20b/x.parquet", "x");
        Words.table(store)
                .change(Rewrite.append(scratch, HivePathsTest.partition("city", "a b"), "y"));
        Words.table(store)
                .change(Rewrite.append(scratch, HivePathsTest.partition("city", "c/d"), "z"));
        assertThat(Words.globbed(store))
                .containsExactly("city=a%20b/x", "city=a%20b/y", "city=c%2Fd/z");
    }

    @Test
    void refusesAPartitionThatNoPathCanHold() throws Exception {
        Partition wide = HivePathsTest.partition("p", "x".repeat(300));
        assertThatThrownBy(() -> Words.table(store).change(Rewrite.append(scratch, wide, "a")))
                .isInstanceOf(MergeRefusedException.class)
                .hasMessageContaining("partition");
        assertThat(Words.keys(store, "")).isEmpty();
    }

    @Test
    void takesInWhatOthersPutThereWithTheNextCommit() throws Exception {
        Words.put(store, "a.parquet", "a");
        append("b");
        Words.put(store, "theirs.parquet", "c");
        assertThat(Words.committed(store)).as("until then").containsExactly("a", "b");
        assertThat(Words.table(store).present().files())
                .filteredOn(TableSnapshot.Live::newcomer)
                .extracting(live -> live.file().path())
                .containsExactly("theirs.parquet");
        append("d");
        assertThat(Words.committed(store)).containsExactly("a", "b", "c", "d");
        assertThat(Words.table(store).log(1).getFirst().adopted())
                .containsExactly("theirs.parquet");
    }

    @Test
    void takesInAnotherTablesFiles() throws Exception {
        append("a");
        String theirs = "part-%032x-00000.parquet".formatted(7);
        Words.put(store, theirs, "b");
        append("c");
        assertThat(Words.committed(store)).containsExactly("a", "b", "c");
    }

    @Test
    void takesAFileThatWasOverwrittenAsItIs() throws Exception {
        Words.put(store, "a.parquet", "a");
        append("b");
        Words.put(store, "a.parquet", "another");
        append("c");
        assertThat(Words.committed(store)).containsExactly("another", "b", "c");
        assertThat(Words.table(store).snapshot().files().getFirst().file().bytes()).isEqualTo(7);
    }

    @Test
    void leavesAloneWhatIsPutUnderTheNameOfAFileThatWasTakenOut() throws Exception {
        Words.put(store, "a.parquet", "a");
        ObjectStore dying = FaultyObjectStore.at(2, Fault.DIES_AFTER, store);
        assertThatThrownBy(() -> Words.table(dying).change(Rewrite.all(scratch)))
                .isInstanceOf(IOException.class);
        Words.put(store, "a.parquet", "their own");
        Words.table(store).rollForward();
        assertThat(Words.committed(store)).containsExactly("a");
        append("b");
        assertThat(Words.committed(store)).containsExactly("a", "b", "their own");
        assertThat(Words.globbed(store)).containsExactly("a", "b", "their own");
    }

    @Test
    void saysWhichFileIsGone() throws Exception {
        Words.put(store, "a.parquet", "a");
        append("b");
        store.delete("t/a.parquet");
        assertThatThrownBy(() -> append("c"))
                .isInstanceOf(CorruptTableException.class)
                .hasMessageContaining("t/a.parquet");
        assertThat(Words.table(store).snapshot().number()).isEqualTo(1);
    }

    @Test
    void changesNothingWithoutACommit() throws Exception {
        Words.put(store, "a.parquet", "a");
        TableChanged changed = Words.table(store).change(Rewrite.append(scratch, Partition.NONE));
        assertThat(changed.commit()).isEmpty();
        assertThat(Words.keys(store, "")).containsExactly("t/a.parquet");
    }

    @Test
    void leavesNothingOfAChangeThatFails() throws Exception {
        Words.put(store, "a.parquet", "a");
        var failing =
                new Rewrite(
                        scratch,
                        Reads.EVERYTHING,
                        _ -> {
                            throw new IllegalStateException("no more");
                        },
                        Partition.NONE,
                        List.of("b"));
        assertThatThrownBy(() -> Words.table(store).change(failing)).hasMessage("no more");
        assertThat(Words.keys(store, "")).containsExactly("t/a.parquet");
    }

    @Test
    void findsTheNewestOfManyCommits() throws Exception {
        for (int commit = 1; commit <= 40; commit++) {
            append("w" + commit);
            TableSnapshot snapshot = Words.table(store).snapshot();
            assertThat(snapshot.number()).isEqualTo(commit);
            assertThat(snapshot.files()).hasSize(commit);
        }
        assertThat(Words.table(store).log(3))
                .extracting(TableCommit::number)
                .containsExactly(40L, 39L, 38L);
    }

    @Test
    void sweepsWhatWasStagedLongAgoOnly() throws Exception {
        append("a");
        String id = "%032x".formatted(5);
        Words.put(store, "_whence/staging/" + id + "/00000", "half a merge");
        Words.put(store, "_whence/staging/notes.txt", "not ours");
        TableCleaning cleaning = Words.table(store).cleaning();
        Instant young = Instant.now().minus(Duration.ofHours(1));
        assertThat(cleaning.sweep(young, false).objects()).isEmpty();
        Cleaned would = cleaning.sweep(FUTURE, true);
        assertThat(would.objects())
                .extracting(ObjectInfo::key)
                .containsExactly("t/_whence/staging/" + id + "/00000");
        assertThat(would.bytes()).isEqualTo(12);
        assertThat(Words.keys(store, "t/_whence/staging/")).hasSize(2);
        assertThat(cleaning.sweep(FUTURE, false)).isEqualTo(would);
        assertThat(Words.keys(store, "t/_whence/staging/"))
                .containsExactly("t/_whence/staging/notes.txt");
        assertThat(Words.table(store).log(1).getFirst().swept()).containsExactly(id);
        assertThat(Words.committed(store)).containsExactly("a");
    }

    @Test
    void sweepsACopyThatCameBack() throws Exception {
        append("a");
        String path = Words.table(store).snapshot().files().getFirst().file().path();
        Words.table(store).change(Rewrite.all(scratch));
        Words.put(store, path, "a");
        append("b");
        assertThat(Words.committed(store)).as("no newcomer").containsExactly("a", "b");
        Words.table(store).cleaning().sweep(FUTURE, false);
        assertThat(Words.globbed(store)).containsExactly("a", "b");
    }

    @Test
    void expiresByWhenAFileWasTakenOutNotByItsAge() throws Exception {
        Path root = scratch.resolve("lake");
        try (ObjectStore directory = ObjectStores.directory(root)) {
            Words.put(directory, "a.parquet", "a");
            FileTime old = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
            Files.setLastModifiedTime(root.resolve("t/a.parquet"), old);
            Instant now = Instant.parse("2024-06-14T12:00:00Z");
            var table =
                    new DirectoryTable(
                            directory, "t/", Clock.fixed(now, ZoneOffset.UTC), new Random(1));
            table.change(Rewrite.all(scratch));
            Path replaced = root.resolve("t/_whence/replaced/00000000000000000001/00000");
            assertThat(replaced).hasContent("a");
            assertThat(Files.getLastModifiedTime(replaced)).isEqualTo(old);
            TableCleaning cleaning = table.cleaning();
            assertThat(cleaning.expire(now, false).objects()).isEmpty();
            assertThat(cleaning.expire(now.plusSeconds(1), true).objects()).hasSize(1);
            assertThat(replaced).exists();
            assertThat(cleaning.expire(now.plusSeconds(1), false).bytes()).isEqualTo(1);
            assertThat(replaced).doesNotExist();
            assertThat(Words.globbed(directory)).containsExactly("a");
        }
    }

    @Test
    void showsNoGlobWhatIsNotData() throws Exception {
        Path root = scratch.resolve("lake");
        Files.createDirectories(root.resolve("p=1"));
        try (ObjectStore directory = ObjectStores.directory(root);
                Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = duckdb.createStatement()) {
            sql.execute(
                    "COPY (SELECT 1 AS a) TO '%s' (FORMAT parquet)"
                            .formatted(root.resolve("p=1/a.parquet")));
            var table = new DirectoryTable(directory, "", Clock.systemUTC(), new Random());
            table.change(new Copy());
            List<String> files = new ArrayList<>();
            try (ResultSet found =
                    sql.executeQuery("SELECT file FROM glob('%s/**/*.parquet')".formatted(root))) {
                while (found.next()) {
                    files.add(Path.of(found.getString(1)).getParent().getFileName().toString());
                }
            }
            assertThat(files).containsExactly("p=1");
            assertThat(root.resolve("_whence/replaced/00000000000000000001/00000")).exists();
        }
    }

    private void append(String word) throws IOException {
        Words.table(store).change(Rewrite.append(scratch, Partition.NONE, word));
    }

    /** Writes every file anew, as it is. */
    private final class Copy implements TableChange {
        @Override
        public String operation() {
            return "copy";
        }

        @Override
        public Reads reads() {
            return Reads.NOTHING;
        }

        @Override
        public MergeOutcome make(Dataset target, Staging staging) throws IOException {
            List<FileOutcome> outcomes = new ArrayList<>();
            for (DataFile file : target.files()) {
                Path copy = scratch.resolve("copy");
                target.store().download(file.key(), copy);
                DataFile put = staging.put(file.partition(), copy, file.bytes());
                outcomes.add(
                        new FileOutcome(Fate.REWRITTEN, Optional.of(file), Optional.of(put), 1));
            }
            return new MergeOutcome(new MergeCounts(0, 0, 0, 0, 0, 1, 1), outcomes, 0, 0, 0);
        }
    }
}
