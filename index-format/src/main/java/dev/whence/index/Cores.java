package dev.whence.index;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Does numbered pieces of work on several threads, the caller's among them. The others begin and
 * end with the work (some 0.1 ms), so that nothing is read of a mapping when it has returned.
 */
final class Cores {
    private Cores() {}

    /**
     * @param threads at most so many
     * @param work gets each of {@code 0 … pieces - 1} once, in about that order
     * @throws RuntimeException what a piece of work throws; the rest is then left undone
     */
    static void share(int pieces, int threads, IntConsumer work) {
        AtomicInteger next = new AtomicInteger();
        Runnable take =
                () -> {
                    try {
                        for (int i = next.getAndIncrement();
                                i < pieces;
                                i = next.getAndIncrement()) {
                            work.accept(i);
                        }
                    } finally {
                        next.set(pieces);
                    }
                };
        int others = Math.min(threads, pieces) - 1;
        if (others < 1) {
            take.run();
            return;
        }
        List<Future<?>> shares = new ArrayList<>();
        try (ExecutorService pool =
                Executors.newFixedThreadPool(
                        others, Thread.ofPlatform().daemon().name("index-share-", 0).factory())) {
            for (int i = 0; i < others; i++) {
                shares.add(pool.submit(take));
            }
            take.run();
        }
        for (Future<?> share : shares) {
            if (share.state() == Future.State.FAILED) {
                throw unchecked(share.exceptionNow());
            }
        }
    }

    private static RuntimeException unchecked(Throwable failure) {
        return switch (failure) {
            case Error error -> throw error;
            case RuntimeException exception -> exception;
            default -> new IllegalStateException(failure);
        };
    }
}
