package dev.whence.indexer;

import dev.whence.lake.UrlFile;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * URL files opened lately, so that a file that many inserts are compared with is not opened anew by
 * each, nor by each publish. Holds what fits a number of bytes; the least recently used goes first.
 * Thread-safe.
 */
final class OpenFiles {
    private final ObjectStore store;
    private final long mostBytes;
    private final Map<String, UrlFile> opened = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    OpenFiles(ObjectStore store, long mostBytes) {
        this.store = store;
        this.mostBytes = mostBytes;
    }

    /**
     * @param fileBytes the object's length
     */
    UrlFile open(String key, long fileBytes) throws IOException {
        synchronized (opened) {
            UrlFile known = opened.get(key);
            if (known != null) {
                return known;
            }
        }
        UrlFile file = UrlFile.open(store, key, fileBytes);
        keep(file);
        return file;
    }

    private void keep(UrlFile file) {
        synchronized (opened) {
            if (opened.putIfAbsent(file.key(), file) != null) {
                return;
            }
            bytes += file.heldBytes();
            Iterator<UrlFile> eldest = opened.values().iterator();
            while (bytes > mostBytes) {
                bytes -= eldest.next().heldBytes();
                eldest.remove();
            }
        }
    }
}
