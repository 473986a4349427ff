package dev.whence.query;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

/**
 * The most recently used values of something that costs a read of the store, up to a bound on what
 * they weigh together. Thread-safe. Values are loaded outside the lock, so two threads may load the
 * same one at the same time; values never change, so either will do.
 */
public final class BoundedCache<K, V> {

    /** Loads a value. */
    public interface Loader<V> {
        V load() throws IOException, QueryException;
    }

    private final Map<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final long most;
    private final ToLongFunction<V> weigher;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private long weight;

    /**
     * Keeps nothing yet.
     *
     * @param most how much the values may weigh together
     * @param weigher what a value weighs, always the same; not below zero
     */
    public BoundedCache(long most, ToLongFunction<V> weigher) {
        this.most = most;
        this.weigher = weigher;
    }

    /** A cache of so many values. */
    public static <K, V> BoundedCache<K, V> ofCount(long most) {
        return new BoundedCache<>(most, value -> 1);
    }

    /** The value, if it is kept. */
    public Optional<V> find(K key) {
        synchronized (entries) {
            return Optional.ofNullable(entries.get(key));
        }
    }

    /** The value, loaded if it is not kept. */
    public V get(K key, Loader<V> loader) throws IOException, QueryException {
        Optional<V> found = find(key);
        if (found.isPresent()) {
            hits.increment();
            return found.get();
        }
        misses.increment();
        V loaded = loader.load();
        synchronized (entries) {
            V before = entries.put(key, loaded);
            weight += weigher.applyAsLong(loaded);
            if (before != null) {
                weight -= weigher.applyAsLong(before);
            }
            Iterator<V> leastRecent = entries.values().iterator();
            while (weight > most) {
                weight -= weigher.applyAsLong(leastRecent.next());
                leastRecent.remove();
            }
        }
        return loaded;
    }

    public long hits() {
        return hits.sum();
    }

    public long misses() {
        return misses.sum();
    }

    public int size() {
        synchronized (entries) {
            return entries.size();
        }
    }

    /** What the values weigh together. */
    public long weight() {
        synchronized (entries) {
            return weight;
        }
    }
}
