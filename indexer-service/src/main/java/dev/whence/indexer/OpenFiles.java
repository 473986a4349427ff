package dev.whence.indexer;

import dev.whence.lake.UrlFile;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * URL files opened lately, so that a file that many inserts are compared with has its footer read
 * once. Holds a bounded number, the least recently used goes first. Thread-safe.
 */
final class OpenFiles {
    private final ObjectStore store;
    private final Map<String, UrlFile> opened;

    OpenFiles(ObjectStore store, int most) {
        this.store = store;
        this.opened =
                new LinkedHashMap<>(16, 0.75f, true) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, UrlFile> eldest) {
                        return size() > most;
                    }
                };
    }

    UrlFile open(String key, long bytes) throws IOException {
        synchronized (opened) {
            UrlFile known = opened.get(key);
            if (known != null) {
                return known;
            }
        }
        UrlFile file = UrlFile.open(store, key, bytes);
        synchronized (opened) {
            opened.put(key, file);
        }
        return file;
    }
}
