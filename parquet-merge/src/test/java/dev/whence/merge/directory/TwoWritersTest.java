package dev.whence.merge.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.merge.DataFile;
import dev.whence.merge.Dataset;
import dev.whence.merge.Fate;
import dev.whence.merge.FileOutcome;
import dev.whence.merge.MergeOutcome;
import dev.whence.merge.Partition;
import dev.whence.merge.Staging;
import dev.whence.store.ObjectNotFoundException;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One writer stops at each of its writes, while another changes the table and is done. */
class TwoWritersTest {
    private static final Instant FUTURE = Instant.parse("2999-01-01T00:00:00Z");

    @TempDir Path scratch;

    private ObjectStore store = ObjectStores.memory();

    @BeforeEach
    void begin() throws IOException {
        store = ObjectStores.memory();
        Words.put(store, "x.parquet", "x");
        Words.put(store, "y.parquet", "y");
    }

    @Test
    void losesNoUpdateOfTwoRewrites() throws Exception {
        meetEverywhere(Rewrite.all(scratch, "a"), Rewrite.all(scratch, "b"));
    }

    @Test
    void losesNoUpdateOfAnAppendAndARewrite() throws Exception {
        meetEverywhere(Rewrite.append(scratch, Partition.NONE, "a"), Rewrite.all(scratch, "b"));
        meetEverywhere(Rewrite.all(scratch, "a"), Rewrite.append(scratch, Partition.NONE, "b"));
    }

    @Test
    void losesNoUpdateOfASweepThatTookItForDead() throws Exception {
        boolean paused = true;
        for (long write = 1; paused; write++) {
            begin();
            ObjectStore other = store;
            var slow =
                    new PausingStore(
                            store, write, () -> Words.table(other).cleaning().sweep(FUTURE, false));
            Words.table(slow).change(Rewrite.all(scratch, "a"));
            paused = slow.hasPaused();
            assertThat(Words.committed(store)).as("write %d", write).containsExactly("a", "x", "y");
            assertThat(Words.globbed(store)).as("write %d", write).containsExactly("a", "x", "y");
        }
    }

    @Test
    void keepsWhatALongMergeHasStagedWhileAppendsComeIn() throws Exception {
        var long_ = new Rewrite(scratch, Reads.NOTHING, key -> true, Partition.NONE, List.of());
        ObjectStore other = store;
        var slow =
                new PausingStore(
                        store,
                        3,
                        () -> {
                            for (String word : List.of("a", "b", "c")) {
                                Words.table(other)
                                        .change(Rewrite.append(scratch, Partition.NONE, word));
                            }
                        });
        TableChanged changed = Words.table(slow).change(long_);
        assertThat(changed.rebasedOver()).isEqualTo(3);
        assertThat(changed.replanned()).isZero();
        assertThat(changed.commit()).hasValue(4);
        assertThat(Words.committed(store)).containsExactly("a", "b", "c", "x", "y");
    }

    @Test
    void rebasesOverOtherPartitionsOnly() throws Exception {
        store = ObjectStores.memory();
        Words.put(store, "p=1/x.parquet", "x");
        Partition one = HivePathsTest.partition("p", "1");
        Partition two = HivePathsTest.partition("p", "2");
        for (Partition theirs : List.of(one, two)) {
            ObjectStore other = store;
            var slow =
                    new PausingStore(
                            store,
                            1,
                            () -> Words.table(other).change(Rewrite.append(scratch, theirs, "b")));
            var change =
                    new Rewrite(
                            scratch, new Reads(false, List.of(one)), _ -> false, one, List.of("a"));
            assertThat(Words.table(slow).change(change).replanned())
                    .isEqualTo(theirs.equals(one) ? 1 : 0);
        }
    }

    @Test
    void appendsAnewWhereTheTableIsPartitionedOtherwiseNow() throws Exception {
        Partition one = HivePathsTest.partition("p", "1");
        ObjectStore other = store;
        TableChange repartition =
                change((target, staging) -> {
                    List<FileOutcome> files = new ArrayList<>();
                    for (DataFile file : target.files()) {
                        files.add(
                                new FileOutcome(
                                        Fate.REMOVED, Optional.of(file), Optional.empty(), 0));
                    }
                    var empty = new Dataset(target.store(), List.of());
                    var moved = Rewrite.append(scratch, one, "x", "y").make(empty, staging);
                    files.addAll(moved.files());
                    return new MergeOutcome(moved.counts(), files, 0, 0, 0);
                });
        TableChange append =
                change((target, staging) ->
                        Rewrite.append(scratch, target.files().getFirst().partition(), "a")
                                .make(target, staging));
        var slow = new PausingStore(store, 2, () -> Words.table(other).change(repartition));
        assertThat(Words.table(slow).change(append).replanned()).isEqualTo(1);
        assertThat(Words.committed(store)).containsExactly("p=1/a", "p=1/x", "p=1/y");
    }

    private interface Making {
        MergeOutcome make(Dataset target, Staging staging) throws IOException;
    }

    private static TableChange change(Making making) {
        return new TableChange() {
            @Override
            public String operation() {
                return "change";
            }

            @Override
            public Reads reads() {
                return Reads.NOTHING;
            }

            @Override
            public MergeOutcome make(Dataset target, Staging staging) throws IOException {
                return making.make(target, staging);
            }
        };
    }

    @Test
    void givesUpAtLastWhereOthersAreAlwaysFaster() throws Exception {
        List<String> expected = new ArrayList<>(List.of("x", "y"));
        var change =
                new TableChange() {
                    private int made;

                    @Override
                    public String operation() {
                        return "upsert";
                    }

                    @Override
                    public Reads reads() {
                        return Reads.EVERYTHING;
                    }

                    @Override
                    public MergeOutcome make(Dataset target, Staging staging) throws IOException {
                        String word = "b" + made++;
                        expected.add(word);
                        Words.table(store).change(Rewrite.append(scratch, Partition.NONE, word));
                        return Rewrite.all(scratch, "a").make(target, staging);
                    }
                };
        assertThatThrownBy(() -> Words.table(store).change(change))
                .isInstanceOf(TableConflictException.class)
                .hasMessageContaining("upsert");
        expected.sort(null);
        assertThat(Words.globbed(store)).isEqualTo(expected);
        assertThat(Words.keys(store, "t/_whence/staging/")).isEmpty();
    }

    /** A directory looks at the place first, and then at what is to be linked there. */
    @Test
    void goesOnWhenAnotherPutsAFileInItsPlaceAtTheSameMoment() throws Exception {
        var stopping =
                new PausingStore(
                        store,
                        3,
                        () -> {
                            throw new IOException("gone");
                        });
        assertThatThrownBy(() ->
                        Words.table(stopping).change(Rewrite.append(scratch, Partition.NONE, "a")))
                .hasMessageContaining("gone");
        Words.table(overtakenInCopies(store)).rollForward();
        assertThat(Words.globbed(store)).containsExactly("a", "x", "y");
        assertThat(Words.committed(store)).containsExactly("a", "x", "y");
    }

    /** Each copy is made by somebody else, who deletes the original, between two looks. */
    private static ObjectStore overtakenInCopies(ObjectStore store) {
        return (ObjectStore)
                Proxy.newProxyInstance(
                        ObjectStore.class.getClassLoader(),
                        new Class<?>[] {ObjectStore.class},
                        (proxy, method, arguments) -> {
                            try {
                                Object result = method.invoke(store, arguments);
                                if (method.getName().equals("copyIfAbsent")) {
                                    String original = (String) arguments[0];
                                    store.delete(original);
                                    throw new ObjectNotFoundException(
                                            original, "no object " + original, null);
                                }
                                return result;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    @Test
    void addsUpWhatManyWritersOfOneDirectoryDo() throws Exception {
        Path root = scratch.resolve("lake");
        List<String> expected = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(4);
                ObjectStore shared = ObjectStores.directory(root)) {
            List<Callable<Object>> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                String name = "w" + writer;
                for (int word = 0; word < 5; word++) {
                    expected.add(name + word);
                }
                writers.add(() -> {
                    try (ObjectStore own = ObjectStores.directory(root)) {
                        for (int word = 0; word < 5; word++) {
                            Words.table(own)
                                    .change(Rewrite.append(scratch, Partition.NONE, name + word));
                        }
                    }
                    return null;
                });
            }
            for (Future<Object> writer : threads.invokeAll(writers)) {
                writer.get();
            }
            Words.table(shared).rollForward();
            assertThat(Words.committed(shared)).isEqualTo(expected);
            assertThat(Words.globbed(shared)).isEqualTo(expected);
        }
    }

    private void meetEverywhere(Rewrite slowly, Rewrite quickly) throws Exception {
        boolean paused = true;
        for (long write = 1; paused; write++) {
            begin();
            ObjectStore other = store;
            var slow = new PausingStore(store, write, () -> Words.table(other).change(quickly));
            Words.table(slow).change(slowly);
            paused = slow.hasPaused();
            List<String> expected = paused ? List.of("a", "b", "x", "y") : List.of("a", "x", "y");
            assertThat(Words.committed(store)).as("write %d", write).isEqualTo(expected);
            Words.table(store).rollForward();
            assertThat(Words.globbed(store)).as("write %d", write).isEqualTo(expected);
        }
    }
}
