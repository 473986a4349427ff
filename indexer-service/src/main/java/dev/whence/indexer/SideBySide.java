package dev.whence.indexer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs tasks on a bounded number of threads: above all tasks that wait for the store. */
final class SideBySide {
    /** For reads that are small and many; a store's client has connections for twice as many. */
    static final int READS = 32;

    private SideBySide() {}

    /**
     * The results in the order of the tasks. Waits for all, so that nothing is still at work when
     * the first failure is thrown, as it is; the others are attached to it.
     */
    static <T> List<T> run(int mostThreads, List<? extends Callable<T>> tasks) throws IOException {
        if (tasks.isEmpty()) {
            return List.of();
        }
        int threads = Math.min(mostThreads, tasks.size());
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            var running = new ArrayList<Future<T>>();
            for (Callable<T> task : tasks) {
                running.add(pool.submit(task));
            }
            return await(running);
        }
    }

    private static <T> List<T> await(List<Future<T>> running) throws IOException {
        var done = new ArrayList<T>();
        var failures = new ArrayList<Throwable>();
        for (Future<T> task : running) {
            try {
                done.add(task.get());
            } catch (ExecutionException e) {
                failures.add(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                var interrupted = new InterruptedIOException("interrupted while tasks were run");
                interrupted.initCause(e);
                throw interrupted;
            }
        }
        if (!failures.isEmpty()) {
            // An error must not hide behind a failure that is worth another try.
            failures.sort(Comparator.comparing(failure -> !(failure instanceof Error)));
            Throwable first = failures.getFirst();
            failures.stream().filter(other -> !other.equals(first)).forEach(first::addSuppressed);
            switch (first) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                default -> throw new IllegalStateException(first);
            }
        }
        return done;
    }
}
