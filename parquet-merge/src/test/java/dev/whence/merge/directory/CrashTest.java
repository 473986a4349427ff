package dev.whence.merge.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.merge.Partition;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import dev.whence.store.UnknownOutcomeException;
import dev.whence.store.fault.Fault;
import dev.whence.store.fault.FaultyObjectStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every write, copy and delete of a change fails once, in every way that there is. */
class CrashTest {
    private static final List<String> BEFORE = List.of("p=1/", "p=1/b", "p=2/c");
    private static final List<String> AFTER = List.of("p=1/b", "p=2/c", "p=3/d", "p=3/e");
    private static final Partition THREE = HivePathsTest.partition("p", "3");
    private static final Instant FUTURE = Instant.parse("2999-01-01T00:00:00Z");

    @TempDir Path directory;

    private final AtomicInteger stores = new AtomicInteger();

    @ParameterizedTest
    @EnumSource
    void leavesTheTableAsBeforeOrAfterInMemory(Fault fault) throws Exception {
        failEverywhere(fault, ObjectStores::memory, 0);
        failEverywhere(fault, ObjectStores::memory, 2);
    }

    @ParameterizedTest
    @EnumSource(names = {"DIES_AFTER", "DONE_BUT_UNKNOWN"})
    @Tag("slow")
    void leavesTheTableAsBeforeOrAfterInADirectory(Fault fault) throws Exception {
        Supplier<ObjectStore> fresh =
                () -> ObjectStores.directory(directory.resolve("" + stores.incrementAndGet()));
        failEverywhere(fault, fresh, 1);
    }

    @Test
    void writesNothingMoreThanItMust() throws Exception {
        try (ObjectStore store = begin(ObjectStores::memory, 1)) {
            FaultyObjectStore counted = FaultyObjectStore.none(store);
            Words.table(counted).change(rewrite());
            assertThat(counted.writes())
                    .as("3 staged, 1 commit, 3 copied, 2 moved away, 3 unstaged, 1 note")
                    .isEqualTo(3 + 1 + 3 + 2 * 2 + 3 + 1);
        }
    }

    @Test
    void keepsWhatIsStagedWhenTheCommitEndsInAnErrorThatNobodyForesaw() throws Exception {
        try (ObjectStore store = begin(ObjectStores::memory, 1)) {
            var broken =
                    (ObjectStore)
                            Proxy.newProxyInstance(
                                    ObjectStore.class.getClassLoader(),
                                    new Class<?>[] {ObjectStore.class},
                                    (_, method, arguments) -> {
                                        Object result = invoke(store, method, arguments);
                                        if (method.getName().equals("putIfAbsent")) {
                                            throw new IllegalStateException("after the put");
                                        }
                                        return result;
                                    });
            assertThatThrownBy(() -> Words.table(broken).change(rewrite()))
                    .hasMessage("after the put");
            Words.table(store).rollForward();
            assertThat(Words.globbed(store)).isEqualTo(AFTER);
        }
    }

    private static Object invoke(ObjectStore store, Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void failEverywhere(Fault fault, Supplier<ObjectStore> fresh, int earlier)
            throws Exception {
        boolean failed = true;
        for (long write = 1; failed; write++) {
            try (ObjectStore store = begin(fresh, earlier)) {
                ObjectInfo preserved = store.head("t/p=2/c.parquet");
                FaultyObjectStore faulty = FaultyObjectStore.at(write, fault, store);
                List<String> expected = outcome(faulty);
                failed = faulty.hasFailed();
                String when = "%s at write %d after %d commits".formatted(fault, write, earlier);
                List<String> seen = Words.committed(store);
                if (expected.isEmpty()) {
                    assertThat(seen).as(when).isIn(BEFORE, AFTER);
                } else {
                    assertThat(seen).as(when).isEqualTo(expected);
                }
                Words.table(store).rollForward();
                assertThat(Words.committed(store)).as(when).isEqualTo(seen);
                assertThat(Words.globbed(store)).as(when).isEqualTo(seen);
                assertThat(store.head("t/p=2/c.parquet")).as(when).isEqualTo(preserved);
                thenGoesOn(store, seen, when);
            }
        }
    }

    /** What must be there after it; nothing if nobody can know. */
    private List<String> outcome(ObjectStore store) {
        try {
            Words.table(store).change(rewrite());
            return AFTER;
        } catch (UnfinishedCommitException _) {
            return AFTER;
        } catch (UnknownOutcomeException _) {
            return List.of();
        } catch (IOException _) {
            return BEFORE;
        }
    }

    private void thenGoesOn(ObjectStore store, List<String> seen, String when) throws Exception {
        DirectoryTable table = Words.table(store);
        table.cleaning().sweep(FUTURE, false);
        table.cleaning().expire(FUTURE, false);
        assertThat(Words.keys(store, "t/_whence/staging/")).as(when).isEmpty();
        assertThat(Words.keys(store, "t/_whence/replaced/")).as(when).isEmpty();
        table.change(Rewrite.append(directory, THREE, "f"));
        List<String> more = new ArrayList<>(seen);
        more.add("p=3/f");
        assertThat(Words.committed(store)).as(when).isEqualTo(more);
        assertThat(Words.globbed(store)).as(when).isEqualTo(more);
    }

    private ObjectStore begin(Supplier<ObjectStore> fresh, int earlier) throws IOException {
        ObjectStore store = fresh.get();
        Words.put(store, "p=1/a.parquet", "");
        Words.put(store, "p=1/b.parquet", "b");
        Words.put(store, "p=2/c.parquet", "c");
        for (int commit = 0; commit < earlier; commit++) {
            // One that leaves everything as it is, but for the names.
            Words.table(store)
                    .change(
                            new Rewrite(
                                    directory,
                                    Reads.NOTHING,
                                    key -> key.contains("p=1/") && !key.endsWith("a.parquet"),
                                    THREE,
                                    List.of()));
        }
        assertThat(Words.committed(store)).isEqualTo(BEFORE);
        return store;
    }

    private Rewrite rewrite() {
        return new Rewrite(
                directory, Reads.EVERYTHING, key -> key.contains("p=1/"), THREE, List.of("d", "e"));
    }
}
