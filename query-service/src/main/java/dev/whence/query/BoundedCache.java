package dev.whence.query;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * The most recently used values of something that costs a read of the store. Thread-safe. Values
 * are loaded outside the lock, so two threads may load the same one at the same time; values never
 * change, so either will do.
 */
public final class BoundedCache<K, V> {

    /** Loads a value. */
    interface Loader<V> {
        V load() throws IOException, QueryException;
    }

    private final Map<K, V> entries;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    BoundedCache(int most) {
        this.entries =
                new LinkedHashMap<>(16, 0.75f, true) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                        return size() > most;
                    }
                };
    }

    V get(K key, Loader<V> loader) throws IOException, QueryException {
        synchronized (entries) {
            V found = entries.get(key);
            if (found != null) {
                hits.increment();
                return found;
            }
        }
        misses.increment();
        V loaded = loader.load();
        synchronized (entries) {
            entries.put(key, loaded);
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
}
