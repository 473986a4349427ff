package dev.whence.merge;

import static dev.whence.merge.SmallFiles.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.merge.directory.Compacting;
import dev.whence.merge.directory.Deduplicating;
import dev.whence.merge.directory.DirectoryTable;
import dev.whence.merge.directory.Merging;
import dev.whence.merge.directory.Reads;
import dev.whence.merge.directory.Repartitioning;
import dev.whence.merge.directory.TableChange;
import dev.whence.merge.directory.TableChanged;
import dev.whence.merge.maintain.Compaction;
import dev.whence.merge.maintain.CompactionRules;
import dev.whence.merge.maintain.Deduplication;
import dev.whence.merge.maintain.Repartition;
import dev.whence.merge.rewrite.KeptStyle;
import dev.whence.merge.run.ParquetMerge;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maintenance of a table in a directory, into which somebody else appends at the worst moment. */
class MaintainedTableTest {
    private static final String COLUMNS = "required int64 k; required binary p (STRING);";

    private final ObjectStore store = ObjectStores.memory();

    @TempDir Path scratch;

    /** A change that comes too late: while it is made for the first time, another is done. */
    private record Late(TableChange change, TableChange other, DirectoryTable table, int[] makings)
            implements TableChange {
        @Override
        public String operation() {
            return change.operation();
        }

        @Override
        public Reads reads() {
            return change.reads();
        }

        @Override
        public MergeOutcome make(Dataset target, Staging staging) throws IOException {
            MergeOutcome made = change.make(target, staging);
            if (makings[0]++ == 0) {
                table.change(other);
            }
            return made;
        }
    }

    @BeforeEach
    void begin() throws IOException {
        SmallFiles.write(store, "t/a.parquet", COLUMNS, row(1L, "x"), row(2L, "y"));
        SmallFiles.write(store, "t/b.parquet", COLUMNS, row(2L, "y"), row(3L, "a/b=%"));
        SmallFiles.write(store, "s/c.parquet", COLUMNS, row(1L, "x"), row(9L, "new"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void compactionIsNotInTheWayOfAnAppend() throws IOException {
        TableChanged changed = meetAnAppend(compacting());
        assertThat(changed.rebasedOver()).isEqualTo(1);
        assertThat(changed.replanned()).isZero();
        assertThat(keys()).containsExactlyInAnyOrder(1, 2, 2, 3, 1, 9);
        assertThat(table().snapshot().files()).hasSize(2);
    }

    @Test
    void deduplicationSeesRowsThatCameInBetween() throws IOException {
        TableChanged changed =
                meetAnAppend(
                        new Deduplicating(
                                new Deduplication(scratch, MergeSettings.DEFAULT, new KeptStyle()),
                                List.of("k"),
                                List.of(),
                                Progress.NONE));
        assertThat(changed.replanned()).isEqualTo(1);
        assertThat(keys()).containsExactlyInAnyOrder(1, 2, 3, 9);
    }

    @Test
    void repartitionTakesRowsAlongThatCameInBetween() throws IOException {
        TableChanged changed =
                meetAnAppend(
                        new Repartitioning(
                                new Repartition(scratch, MergeSettings.DEFAULT, new KeptStyle()),
                                List.of("p"),
                                Progress.NONE));
        assertThat(changed.replanned()).isEqualTo(1);
        assertThat(keys()).containsExactlyInAnyOrder(1, 2, 2, 3, 1, 9);
        assertThat(listed())
                .extracting(key -> key.replaceAll("part-.*", ""))
                .containsExactlyInAnyOrder("t/p=x/", "t/p=y/", "t/p=a%2Fb%3D%25/", "t/p=new/");
        assertThat(table().change(compacting()).outcome().changesNothing())
                .as("one file in each partition")
                .isTrue();
    }

    @Test
    void refusesAValueThatIsTooLongForAPathBeforeAnythingIsCommitted() throws IOException {
        SmallFiles.write(store, "t/long.parquet", COLUMNS, row(5L, "ü".repeat(200)));
        List<String> before = listed();
        var repartition = new Repartition(scratch, MergeSettings.DEFAULT, new KeptStyle());
        assertThatThrownBy(() ->
                        table().change(
                                        new Repartitioning(
                                                repartition, List.of("p"), Progress.NONE)))
                .isInstanceOf(MergeRefusedException.class)
                .hasMessageContaining("cannot stand in a path");
        assertThat(listed()).isEqualTo(before);
        assertThat(table().log(1)).isEmpty();
    }

    private TableChanged meetAnAppend(TableChange change) throws IOException {
        DirectoryTable table = table();
        long bytes = store.head("s/c.parquet").bytes();
        var append =
                new Merging(
                        new ParquetMerge(scratch, MergeSettings.DEFAULT),
                        new Dataset(store, List.of(DataFile.of("s/c.parquet", bytes))),
                        MergeRequest.of(MergeStrategy.APPEND, RewriteMode.FULL),
                        Progress.NONE,
                        _ -> {});
        TableChanged changed = table.change(new Late(change, append, table, new int[1]));
        assertThat(scratch).isEmptyDirectory();
        return changed;
    }

    private Compacting compacting() {
        return new Compacting(
                new Compaction(
                        scratch,
                        MergeSettings.DEFAULT,
                        new KeptStyle(),
                        CompactionRules.all(1 << 20, 1 << 20),
                        Optional.empty()),
                Progress.NONE);
    }

    private DirectoryTable table() {
        return new DirectoryTable(store, "t/", Clock.systemUTC(), new Random(1));
    }

    private List<Integer> keys() throws IOException {
        List<Integer> keys = new ArrayList<>();
        for (Map<String, Object> row : PlainRows.of(table().snapshot().dataset(store))) {
            keys.add(Integer.valueOf(row.get("k").toString()));
        }
        return keys;
    }

    private List<String> listed() throws IOException {
        try (Stream<ObjectInfo> objects = store.list("t/")) {
            return objects.map(ObjectInfo::key).filter(key -> key.endsWith(".parquet")).toList();
        }
    }
}
