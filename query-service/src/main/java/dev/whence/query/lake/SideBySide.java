package dev.whence.query.lake;

import dev.whence.query.QueryException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Looks into the store side by side, each of which may be a few reads one after the other. */
public final class SideBySide {
    private SideBySide() {}

    /** One of them. */
    public interface Look<S, T> {
        T at(S subject) throws IOException, QueryException;
    }

    /**
     * A look at each subject, what they find in the order of the subjects. The first error ends all
     * of them.
     *
     * @param most how many are under way at once
     */
    public static <S, T> List<T> look(List<S> subjects, int most, Look<S, T> look)
            throws IOException, QueryException {
        List<T> found = new ArrayList<>(subjects.size());
        if (subjects.size() <= 1) {
            for (S subject : subjects) {
                found.add(look.at(subject));
            }
            return found;
        }
        Semaphore turns = new Semaphore(most);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<T>> looks = new ArrayList<>(subjects.size());
            for (S subject : subjects) {
                turns.acquire();
                looks.add(threads.submit(() -> look(subject, look, turns)));
            }
            for (Future<T> each : looks) {
                found.add(each.get());
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while looking into the lake");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case QueryException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        } finally {
            threads.shutdownNow();
            // Whoever asked holds the lease and the turn that they look under.
            threads.close();
        }
    }

    private static <S, T> T look(S subject, Look<S, T> look, Semaphore turns)
            throws IOException, QueryException {
        try {
            return look.at(subject);
        } finally {
            turns.release();
        }
    }
}
