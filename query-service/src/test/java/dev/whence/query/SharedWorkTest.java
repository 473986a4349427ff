package dev.whence.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedWorkTest {
    private static final Deadline LATER = Deadline.in(Duration.ofMinutes(10));

    private final SharedWork<String, Integer> work = new SharedWork<>(BoundedCache.ofCount(10));
    private final AtomicInteger done = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    private int slow() throws IOException {
        begun.countDown();
        try {
            mayEnd.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return done.incrementAndGet();
    }

    @Test
    void whoeverWantsTheSameAtOnceWaitsForTheOneWhoWorks() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> found = new ArrayList<>();
            found.add(threads.submit(() -> work.get("a", LATER, this::slow)));
            begun.await();
            for (int i = 0; i < 20; i++) {
                found.add(threads.submit(() -> work.get("a", LATER, done::incrementAndGet)));
            }
            assertThat(work.isDone("a")).isFalse();
            assertThat(work.get("b", LATER, () -> 7)).as("something else").isEqualTo(7);
            mayEnd.countDown();
            for (Future<Integer> each : found) {
                assertThat(each.get()).isEqualTo(1);
            }
        }
        assertThat(work.isDone("a")).isTrue();
        assertThat(done).hasValue(1);
    }

    @Test
    void whoeverWaitsIsBoundByHisOwnTime() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> first = threads.submit(() -> work.get("a", LATER, this::slow));
            begun.await();
            Deadline soon = Deadline.in(Duration.ofMillis(20));
            assertThatThrownBy(() -> work.get("a", soon, done::incrementAndGet))
                    .isInstanceOf(QueryException.TookTooLong.class);
            mayEnd.countDown();
            assertThat(first.get()).isEqualTo(1);
        }
    }

    @Test
    void whereOneFailsTheNextGoesOn() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> first =
                    threads.submit(() ->
                            work.get(
                                    "a",
                                    LATER,
                                    () -> {
                                        slow();
                                        throw new IOException("the store is away");
                                    }));
            begun.await();
            Future<Integer> next = threads.submit(() -> work.get("a", LATER, () -> 5));
            mayEnd.countDown();
            assertThatThrownBy(first::get).hasRootCauseMessage("the store is away");
            assertThat(next.get()).isEqualTo(5);
        }
    }
}
