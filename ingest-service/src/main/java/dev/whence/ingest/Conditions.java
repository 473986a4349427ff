package dev.whence.ingest;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What keeps the service from working at the moment, by what it was doing: empty when all is well.
 * Thread-safe.
 */
public final class Conditions {
    private final Map<String, String> open = new ConcurrentHashMap<>();

    /**
     * Notes a problem.
     *
     * @return whether it is new: worth a line in the log
     */
    public boolean raise(String what, String problem) {
        return open.put(what, problem) == null;
    }

    /**
     * Notes that it is over.
     *
     * @return whether there was one
     */
    public boolean clear(String what) {
        return open.remove(what) != null;
    }

    public Map<String, String> all() {
        return new TreeMap<>(open);
    }
}
