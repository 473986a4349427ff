package dev.whence.lake;

import java.util.Arrays;
import java.util.List;

/**
 * Sorts rows by their keys; rows with the same key stay in the order of their addresses, which is
 * that in which they were added. A multikey quicksort over words of eight bytes: the rows of a
 * range share their keys up to a depth, and only the next word of each is compared; rows that are
 * equal in it go on together at the depth where they first differ (after Bentley and Sedgewick,
 * "Fast algorithms for sorting and searching strings", 1997, with the words cached beside the
 * rows).
 */
final class RowSorter {
    private static final int SMALL = 12;

    private final List<byte[]> chunks;
    private final long[] rows;
    private final long[] words;

    private RowSorter(List<byte[]> chunks, long[] rows) {
        this.chunks = chunks;
        this.rows = rows;
        this.words = new long[rows.length];
    }

    /** Sorts addresses of rows: the chunk's index in the upper half, the offset in the lower. */
    static void sort(List<byte[]> chunks, long[] rows) {
        if (rows.length > 1) {
            RowSorter sorter = new RowSorter(chunks, rows);
            sorter.load(0, rows.length, 0);
            sorter.sort(0, rows.length, 0);
        }
    }

    /** The largest of three parts is the loop's next range, so that the stack stays shallow. */
    private void sort(int from, int to, int depth) {
        while (to - from > SMALL) {
            long pivot = pivot(from, to);
            int less = from;
            int greater = to;
            for (int i = from; i < greater; ) {
                int order = Long.compare(words[i], pivot);
                if (order < 0) {
                    swap(i++, less++);
                } else if (order > 0) {
                    swap(i, --greater);
                } else {
                    i++;
                }
            }
            int lessRows = less - from;
            int greaterRows = to - greater;
            int equalRows = greater - less;
            if (equalRows >= lessRows && equalRows >= greaterRows) {
                sort(from, less, depth);
                sort(greater, to, depth);
                depth = descend(less, greater, depth);
                if (depth < 0) {
                    return;
                }
                from = less;
                to = greater;
            } else {
                int deeper = descend(less, greater, depth);
                if (deeper >= 0) {
                    sort(less, greater, deeper);
                }
                if (lessRows > greaterRows) {
                    sort(greater, to, depth);
                    to = less;
                } else {
                    sort(from, less, depth);
                    from = greater;
                }
            }
        }
        insertionSort(from, to, depth);
    }

    /**
     * Loads the words of rows that are equal up to the next depth, and says how far they are equal;
     * -1 if their keys are the same, in which case they are now in the order of addresses.
     */
    private int descend(int from, int to, int depth) {
        if (to - from < 2) {
            return -1;
        }
        byte[] first = chunk(rows[from]);
        int firstRow = offset(rows[from]);
        int end = RowBytes.keyLength(first, firstRow);
        int shared = end;
        int next = depth + Long.BYTES;
        for (int i = from + 1; i < to && shared > next; i++) {
            byte[] other = chunk(rows[i]);
            int otherKey = RowBytes.key(offset(rows[i]));
            int firstKey = RowBytes.key(firstRow);
            int limit = Math.min(shared, RowBytes.keyLength(other, offset(rows[i])));
            int difference =
                    Arrays.mismatch(
                            first,
                            firstKey + next,
                            firstKey + limit,
                            other,
                            otherKey + next,
                            otherKey + limit);
            shared = difference < 0 ? limit : next + difference;
        }
        if (shared >= end || next >= end) {
            Arrays.sort(rows, from, to);
            return -1;
        }
        load(from, to, Math.max(shared, next));
        return Math.max(shared, next);
    }

    private void load(int from, int to, int depth) {
        for (int i = from; i < to; i++) {
            // The sign bit is turned, so that a signed comparison is an unsigned one.
            words[i] = RowBytes.keyWord(chunk(rows[i]), offset(rows[i]), depth) ^ Long.MIN_VALUE;
        }
    }

    private void insertionSort(int from, int to, int depth) {
        for (int i = from + 1; i < to; i++) {
            long word = words[i];
            long row = rows[i];
            int at = i;
            while (at > from && isBefore(word, row, words[at - 1], rows[at - 1], depth)) {
                words[at] = words[at - 1];
                rows[at] = rows[at - 1];
                at--;
            }
            words[at] = word;
            rows[at] = row;
        }
    }

    private boolean isBefore(long word, long row, long otherWord, long otherRow, int depth) {
        if (word != otherWord) {
            return word < otherWord;
        }
        int order =
                RowBytes.compareKeys(
                        chunk(row), offset(row), chunk(otherRow), offset(otherRow), depth);
        return order < 0 || (order == 0 && row < otherRow);
    }

    /** The middle of three, or for large ranges of three middles. */
    private long pivot(int from, int to) {
        int middle = (from + to) >>> 1;
        int last = to - 1;
        if (to - from < 128) {
            return middle(words[from], words[middle], words[last]);
        }
        int step = (to - from) / 8;
        return middle(
                middle(words[from], words[from + step], words[from + 2 * step]),
                middle(words[middle - step], words[middle], words[middle + step]),
                middle(words[last - 2 * step], words[last - step], words[last]));
    }

    private static long middle(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private void swap(int i, int j) {
        long word = words[i];
        words[i] = words[j];
        words[j] = word;
        long row = rows[i];
        rows[i] = rows[j];
        rows[j] = row;
    }

    private byte[] chunk(long row) {
        return chunks.get((int) (row >>> 32));
    }

    private static int offset(long row) {
        return (int) row;
    }
}
