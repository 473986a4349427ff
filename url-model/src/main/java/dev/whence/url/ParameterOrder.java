package dev.whence.url;

import java.util.Arrays;

/**
 * Sorts the parameters of a query by the bytes of their keys, in place. Stable: values of one key
 * keep their order. Its arrays grow to the largest query seen, so it allocates nothing in the long
 * run; a merge sort bounds the time of a hostile query.
 */
final class ParameterOrder {
    /** Parameter {@code i} is {@code [starts[i], ends[i])}, its key ends at {@code keyEnds[i]}. */
    private int[] starts = new int[64];

    private int[] keyEnds = new int[64];
    private int[] ends = new int[64];

    /** The parameters in their new order, and the sort's other half. */
    private int[] order = new int[64];

    private int[] merged = new int[64];
    private byte[] sorted = new byte[1024];

    /** Sorts {@code query[from, to)}, which has no empty parameters. */
    void sort(byte[] query, int from, int to) {
        int count = split(query, from, to);
        if (!isSorted(query, count)) {
            mergeSort(query, count);
            rewrite(query, count, from, to);
        }
    }

    private int split(byte[] query, int from, int to) {
        int count = 0;
        int start = from;
        int keyEnd = -1;
        for (int at = from; at <= to; at++) {
            if (at == to || query[at] == '&') {
                if (count == starts.length) {
                    grow();
                }
                starts[count] = start;
                keyEnds[count] = keyEnd < 0 ? at : keyEnd;
                ends[count++] = at;
                start = at + 1;
                keyEnd = -1;
            } else if (query[at] == '=' && keyEnd < 0) {
                keyEnd = at;
            }
        }
        return count;
    }

    private void grow() {
        int capacity = 2 * starts.length;
        starts = Arrays.copyOf(starts, capacity);
        keyEnds = Arrays.copyOf(keyEnds, capacity);
        ends = Arrays.copyOf(ends, capacity);
        order = new int[capacity];
        merged = new int[capacity];
    }

    private boolean isSorted(byte[] query, int count) {
        for (int i = 1; i < count; i++) {
            if (compare(query, i - 1, i) > 0) {
                return false;
            }
        }
        return true;
    }

    private int compare(byte[] query, int a, int b) {
        return Arrays.compareUnsigned(query, starts[a], keyEnds[a], query, starts[b], keyEnds[b]);
    }

    /** Bottom-up, so that equal keys keep their order and nothing recurses. */
    private void mergeSort(byte[] query, int count) {
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        for (int width = 1; width < count; width *= 2) {
            for (int low = 0; low < count; low += 2 * width) {
                int middle = Math.min(low + width, count);
                merge(query, low, middle, Math.min(middle + width, count));
            }
            int[] done = merged;
            merged = order;
            order = done;
        }
    }

    private void merge(byte[] query, int low, int middle, int high) {
        int left = low;
        int right = middle;
        for (int i = low; i < high; i++) {
            boolean fromLeft =
                    left < middle
                            && (right == high || compare(query, order[left], order[right]) <= 0);
            merged[i] = fromLeft ? order[left++] : order[right++];
        }
    }

    private void rewrite(byte[] query, int count, int from, int to) {
        if (sorted.length < to - from) {
            sorted = new byte[2 * (to - from)];
        }
        int end = 0;
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                sorted[end++] = '&';
            }
            int parameter = order[i];
            int length = ends[parameter] - starts[parameter];
            System.arraycopy(query, starts[parameter], sorted, end, length);
            end += length;
        }
        System.arraycopy(sorted, 0, query, from, end);
    }
}
