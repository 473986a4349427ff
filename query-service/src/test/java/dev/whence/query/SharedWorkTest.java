package dev.whence.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.Thread.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
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
        awaited(mayEnd);
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
            assertThat(work.get("b", LATER, () -> 7)).as("something else").isEqualTo(7);
            mayEnd.countDown();
            for (Future<Integer> each : found) {
                assertThat(each.get()).isEqualTo(1);
            }
        }
        assertThat(work.get("a", LATER, done::incrementAndGet)).as("kept").isEqualTo(1);
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
    void whereOneRunsOutOfTimeOrGetsNoTurnTheNextGoesOn() throws Exception {
        for (QueryException own :
                List.of(
                        new QueryException.TookTooLong(Duration.ofSeconds(1)),
                        new QueryException.Busy())) {
            var end = new CountDownLatch(1);
            var start = new CountDownLatch(1);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Integer> first =
                        threads.submit(() ->
                                work.get(
                                        own.getMessage(),
                                        LATER,
                                        () -> {
                                            start.countDown();
                                            awaited(end);
                                            throw own;
                                        }));
                start.await();
                Future<Integer> next =
                        threads.submit(() -> work.get(own.getMessage(), LATER, () -> 5));
                end.countDown();
                assertThatThrownBy(first::get).hasCause(own);
                assertThat(next.get()).isEqualTo(5);
            }
        }
    }

    @Test
    void whereTheWorkFailsItFailsForAllWhoWait() throws Exception {
        List<Thread> waiting = new ArrayList<>();
        List<FutureTask<Integer>> asked = new ArrayList<>();
        var first =
                new FutureTask<>(() ->
                        work.get(
                                "a",
                                LATER,
                                () -> {
                                    slow();
                                    throw new IOException("the store is away");
                                }));
        new Thread(first).start();
        begun.await();
        for (int i = 0; i < 5; i++) {
            var task = new FutureTask<>(() -> work.get("a", LATER, done::incrementAndGet));
            asked.add(task);
            waiting.add(new Thread(task));
        }
        waiting.forEach(Thread::start);
        while (!waiting.stream().allMatch(each -> each.getState() == State.TIMED_WAITING)) {
            Thread.sleep(1);
        }
        mayEnd.countDown();
        asked.add(first);
        for (FutureTask<Integer> each : asked) {
            assertThatThrownBy(each::get).hasRootCauseMessage("the store is away");
        }
        assertThat(done).as("nobody tried again").hasValue(1);
        assertThat(work.get("a", LATER, () -> 5)).as("who comes later does").isEqualTo(5);
    }

    private static void awaited(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
