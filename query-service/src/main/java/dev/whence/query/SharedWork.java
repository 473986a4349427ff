package dev.whence.query;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;

/**
 * Values that cost much work. Of those who want the same one at once, one works it out; the others
 * wait, each as long as his own answer may take. Where that one fails, or runs out of time, the
 * next goes on with what was left to do. Thread-safe.
 */
public final class SharedWork<K, V> {
    private final BoundedCache<K, V> done;
    private final ConcurrentMap<K, CountDownLatch> underWay = new ConcurrentHashMap<>();

    /**
     * Nothing is done yet.
     *
     * @param done where values are kept
     */
    public SharedWork(BoundedCache<K, V> done) {
        this.done = done;
    }

    /** Whether a value is there without work. */
    public boolean isDone(K key) {
        return done.find(key).isPresent();
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
            var mine = new CountDownLatch(1);
            CountDownLatch others = underWay.putIfAbsent(key, mine);
            if (others == null) {
                try {
                    return done.get(key, work);
                } finally {
                    underWay.remove(key);
                    mine.countDown();
                }
            }
            deadline.await(others);
        }
    }
}
