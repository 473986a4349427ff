package dev.whence.indexer.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerTest {
    private static final Duration BLINK = Duration.ofMillis(1);

    @Test
    void goesOnAfterAFailureAndForgetsIt() throws InterruptedException {
        var outcomes = new SynchronousQueue<Boolean>();
        var begun = new Semaphore(0);
        Worker worker =
                new Worker(
                        "test",
                        rhythm(BLINK),
                        () -> {
                            begun.release();
                            if (take(outcomes)) {
                                return false;
                            }
                            throw new IOException("no answer");
                        });
        worker.start();
        begun.acquire();
        outcomes.put(false);
        begun.acquire();
        assertThat(worker.failure()).isEqualTo("no answer");
        assertThat(worker.failingTime()).as("of one failure").isZero();
        outcomes.put(false);
        begun.acquire();
        assertThat(worker.failingTime()).as("from the first to the second").isPositive();
        outcomes.put(true);
        begun.acquire();
        assertThat(worker.failure()).isNull();
        assertThat(worker.failingTime()).isZero();
        assertThat(worker.isLost()).isFalse();
        worker.stopSoon();
        outcomes.put(true);
        end(worker);
    }

    @Test
    void endsBetweenAttempts() throws InterruptedException {
        var attempted = new CountDownLatch(1);
        Worker worker =
                new Worker(
                        "test",
                        rhythm(Duration.ofDays(1)),
                        () -> {
                            attempted.countDown();
                            return false;
                        });
        assertThat(worker.hasAttempted()).isFalse();
        worker.start();
        attempted.await();
        end(worker);
        assertThat(worker.isLost()).isFalse();
        assertThat(worker.hasAttempted()).isTrue();
        assertThat(worker.failure()).isNull();
    }

    @Test
    void isLostByAnErrorAndSaysWhy() throws InterruptedException {
        var attempts = new AtomicInteger();
        Worker worker =
                new Worker(
                        "test",
                        rhythm(BLINK),
                        () -> {
                            attempts.incrementAndGet();
                            throw new OutOfMemoryError("not really");
                        });
        worker.start();
        while (!worker.hasAttempted()) {
            Thread.sleep(BLINK);
        }
        assertThat(worker.isLost()).isTrue();
        assertThat(worker.failure()).isEqualTo("not really");
        end(worker);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void waitsLongerAfterEachFailureUpToAMinute() {
        Rhythm rhythm = rhythm(Duration.ofSeconds(1));
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            assertAround(rhythm.afterFailure(), seconds);
        }
        assertAround(rhythm.afterSuccess(), 1);
        assertAround(rhythm.afterFailure(), 1);
    }

    @Test
    void refusesToTurnWithoutRest() {
        assertThatThrownBy(() -> rhythm(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertAround(Duration wait, int seconds) {
        assertThat(wait)
                .isBetween(Duration.ofMillis(seconds * 750L), Duration.ofMillis(seconds * 1_250L));
    }

    private static Rhythm rhythm(Duration interval) {
        return new Rhythm(interval, new Random(5));
    }

    private static boolean take(SynchronousQueue<Boolean> queue) {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void end(Worker worker) {
        worker.awaitEnd(System.nanoTime() + Duration.ofSeconds(20).toNanos());
    }
}
