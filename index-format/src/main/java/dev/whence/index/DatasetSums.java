package dev.whence.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sums one domain's changes by dataset over segments; each segment brings its own in order. */
final class DatasetSums {

    private int[] ids = new int[16];
    private long[] sums = new long[16];
    private int size;

    /** What the segments before gave, while another is merged with it. */
    private int[] olderIds = {};

    private long[] olderSums = {};
    private int olderSize;
    private int olderNext;

    /** Whether the segment has brought nothing yet: many segments bring nothing at all. */
    private boolean pending;

    /** Forgets everything but its room. */
    void clear() {
        size = 0;
    }

    void beginSegment() {
        pending = true;
    }

    /** Adds to a dataset's sum; datasets ascend (unsigned) within a segment. */
    void add(int datasetId, long change) {
        if (pending) {
            setAside();
        }
        while (olderNext < olderSize
                && Integer.compareUnsigned(olderIds[olderNext], datasetId) < 0) {
            takeOlder();
        }
        if (olderNext < olderSize && olderIds[olderNext] == datasetId) {
            append(datasetId, olderSums[olderNext++] + change);
        } else {
            append(datasetId, change);
        }
    }

    void endSegment() {
        while (olderNext < olderSize) {
            takeOlder();
        }
        olderSize = 0;
        olderNext = 0;
    }

    /** A dataset's sum, 0 if it has none. */
    long of(int datasetId) {
        for (int i = 0; i < size; i++) {
            if (ids[i] == datasetId) {
                return sums[i];
            }
        }
        return 0;
    }

    /** The datasets with URLs, ascending. */
    List<DatasetCount> counts() {
        List<DatasetCount> counts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            if (sums[i] > 0) {
                counts.add(new DatasetCount(ids[i], sums[i]));
            }
        }
        return counts;
    }

    private void setAside() {
        pending = false;
        if (size == 0) {
            return;
        }
        int[] spareIds = olderIds;
        long[] spareSums = olderSums;
        olderIds = ids;
        olderSums = sums;
        olderSize = size;
        olderNext = 0;
        ids = spareIds;
        sums = spareSums;
        size = 0;
    }

    private void takeOlder() {
        append(olderIds[olderNext], olderSums[olderNext]);
        olderNext++;
    }

    private void append(int datasetId, long sum) {
        if (size == ids.length) {
            int capacity = Math.max(16, size * 2);
            ids = Arrays.copyOf(ids, capacity);
            sums = Arrays.copyOf(sums, capacity);
        }
        ids[size] = datasetId;
        sums[size++] = sum;
    }
}
