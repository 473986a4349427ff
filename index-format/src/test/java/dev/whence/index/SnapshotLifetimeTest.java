package dev.whence.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SnapshotLifetimeTest {

    @TempDir Path root;

    @Test
    void aReaderThatAcquiredKeepsTheMappingThroughTheClose() throws Exception {
        IndexSnapshot snapshot = IndexFixture.write(root).open();
        assertThat(snapshot.acquire()).isTrue();
        snapshot.close();
        snapshot.close();
        assertThat(snapshot.acquire()).isFalse();
        assertThat(snapshot.isMapped()).isTrue();
        assertThat(snapshot.ordinalOf("a")).isZero();
        snapshot.release();
        awaitUnmapped(snapshot);
        assertThatThrownBy(() -> snapshot.ordinalOf("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(snapshot::release).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void unmapsAtOnceWhereNobodyReads() throws Exception {
        IndexSnapshot snapshot = IndexFixture.write(root).open();
        snapshot.close();
        assertThat(snapshot.acquire()).isFalse();
        awaitUnmapped(snapshot);
    }

    @Test
    void anUnreadSnapshotThatCannotBeOpenedLeavesNothingMapped() throws IOException {
        IndexFixture index = IndexFixture.write(root);
        assertThatThrownBy(() ->
                        IndexSnapshot.open(index.generations, List.of(root.resolve("absent"))))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void racingReadersSeeWholeAnswersOrNone() throws Exception {
        IndexFixture index = IndexFixture.write(root);
        List<Object> expected;
        try (IndexSnapshot snapshot = index.open()) {
            expected = IndexFixture.answers(snapshot);
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (int round = 0; round < 40; round++) {
                IndexSnapshot snapshot = index.open();
                List<Callable<Integer>> readers = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    readers.add(() -> readUntilClosed(snapshot, expected));
                }
                readers.add(() -> {
                    Thread.sleep(ThreadLocalRandom.current().nextInt(8));
                    snapshot.close();
                    return 0;
                });
                for (Future<Integer> reader : threads.invokeAll(readers)) {
                    assertThat(reader.get()).isNotNegative();
                }
                awaitUnmapped(snapshot);
            }
        }
    }

    @Test
    void theLastOneGoesExactlyOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int round = 0; round < 500; round++) {
                AtomicInteger gone = new AtomicInteger();
                ReaderCount count = new ReaderCount(gone::incrementAndGet);
                Callable<Boolean> reader =
                        () -> {
                            while (count.acquire()) {
                                count.release();
                            }
                            return true;
                        };
                Callable<Boolean> owner =
                        () -> {
                            count.close();
                            count.close();
                            return true;
                        };
                threads.invokeAll(List.of(reader, reader, reader, owner));
                assertThat(gone).hasValue(1);
            }
        }
    }

    private static int readUntilClosed(IndexSnapshot snapshot, List<Object> expected) {
        int reads = 0;
        while (snapshot.acquire()) {
            try {
                assertThat(IndexFixture.answers(snapshot)).isEqualTo(expected);
                reads++;
            } finally {
                snapshot.release();
            }
        }
        return reads;
    }

    private static void awaitUnmapped(IndexSnapshot snapshot) throws InterruptedException {
        while (snapshot.isMapped()) {
            Thread.sleep(1);
        }
    }
}
