package dev.whence.index;

import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;

/** Removed files, ascending by id. Not thread-safe. */
interface RemovalCursor {

    /** Moves to the next; false at the end. */
    boolean next();

    long fileId();

    int datasetId();

    /** Over removed files and their datasets. */
    static RemovalCursor over(SortedMap<Long, Integer> removed) {
        Iterator<Map.Entry<Long, Integer>> entries = removed.entrySet().iterator();
        return new RemovalCursor() {
            private long fileId;
            private int datasetId;

            @Override
            public boolean next() {
                if (!entries.hasNext()) {
                    return false;
                }
                Map.Entry<Long, Integer> entry = entries.next();
                fileId = entry.getKey();
                datasetId = entry.getValue();
                return true;
            }

            @Override
            public long fileId() {
                return fileId;
            }

            @Override
            public int datasetId() {
                return datasetId;
            }
        };
    }
}
