package dev.whence.query;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Values that cost much work. Of those who want the same one at once, one works it out; the others
 * wait, each as long as his own answer may take. Where that one runs out of time, or gets no turn,
 * the next goes on with what was left to do; where the work fails, it fails for all who wait, who
 * would find the same one after the other. Thread-safe.
 */
public final class SharedWork<K, V> {
    private final BoundedCache<K, V> done;
    private final ConcurrentMap<K, Work> underWay = new ConcurrentHashMap<>();

    /** What one does and others wait for. */
    private static final class Work {
        final CountDownLatch ended = new CountDownLatch(1);
        volatile @Nullable Exception failure;
    }

    /**
     * Nothing is done yet.
     *
     * @param done where values are kept
     */
    public SharedWork(BoundedCache<K, V> done) {
        this.done = done;
    }

    /**
     * The value.
     *
     * @param work works it out; must not ask for the value of the same key
     * @throws QueryException.TookTooLong if others work at it for too long
     */
    public V get(K key, Deadline deadline, BoundedCache.Loader<V> work)
            throws IOException, QueryException {
        while (true) {
            Optional<V> known = done.find(key);
            if (known.isPresent()) {
                return known.get();
            }
            var mine = new Work();
            Work others = underWay.putIfAbsent(key, mine);
            if (others == null) {
                return workedOut(key, mine, work);
            }
            deadline.await(others.ended);
            failIf(others.failure);
        }
    }

    private V workedOut(K key, Work mine, BoundedCache.Loader<V> work)
            throws IOException, QueryException {
        try {
            return done.get(key, work);
        } catch (IOException | QueryException | RuntimeException e) {
            if (!isOnesOwn(e)) {
                mine.failure = e;
            }
            throw e;
        } finally {
            underWay.remove(key);
            mine.ended.countDown();
        }
    }

    /** Whether a failure says nothing of the work. */
    private static boolean isOnesOwn(Exception failure) {
        return failure instanceof QueryException.TookTooLong
                || failure instanceof QueryException.Busy
                || Thread.currentThread().isInterrupted();
    }

    private static void failIf(@Nullable Exception failure) throws IOException, QueryException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case QueryException e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }
}
