package dev.whence.merge.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work on many files, some of them at a time. */
public final class SideBySide {
    private SideBySide() {}

    /**
     * Runs the tasks and gives what they return, in their order. When one fails, those that have
     * not begun never do, and what it threw is thrown.
     */
    public static <T> List<T> run(int threads, List<Callable<T>> tasks) throws IOException {
        List<Future<T>> pending = new ArrayList<>(tasks.size());
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            var done = new ExecutorCompletionService<T>(pool);
            tasks.forEach(task -> pending.add(done.submit(task)));
            try {
                for (int i = 0; i < tasks.size(); i++) {
                    done.take().get();
                }
            } catch (ExecutionException e) {
                pool.shutdownNow();
                throw rethrown(e);
            } catch (InterruptedException e) {
                pool.shutdownNow();
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted between files");
            }
        }
        return pending.stream().map(Future::resultNow).toList();
    }

    private static IOException rethrown(ExecutionException e) {
        return switch (e.getCause()) {
            case IOException failure -> failure;
            case RuntimeException failure -> throw failure;
            case Error failure -> throw failure;
            case null, default -> new IOException(e);
        };
    }
}
