package dev.whence.merge.rows;

/** Sorts row numbers by what their rows are: a merge sort, stable, with no objects. */
public final class RowSort {
    private static final int SMALL = 16;

    private RowSort() {}

    /** In the table's sort order. */
    public static void sort(int[] rows, SourceRows source) {
        if (rows.length > 1) {
            sort(rows.clone(), rows, 0, rows.length, source);
        }
    }

    /** Sorts a part of {@code into}; both arrays hold the same numbers there. */
    private static void sort(int[] spare, int[] into, int from, int to, SourceRows source) {
        if (to - from <= SMALL) {
            insertionSort(into, from, to, source);
            return;
        }
        int middle = (from + to) >>> 1;
        sort(into, spare, from, middle, source);
        sort(into, spare, middle, to, source);
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeLeft =
                    right == to
                            || (left < middle
                                    && source.compareSort(spare[left], spare[right]) <= 0);
            into[i] = takeLeft ? spare[left++] : spare[right++];
        }
    }

    private static void insertionSort(int[] rows, int from, int to, SourceRows source) {
        for (int i = from + 1; i < to; i++) {
            int row = rows[i];
            int at = i;
            while (at > from && source.compareSort(rows[at - 1], row) > 0) {
                rows[at] = rows[at - 1];
                at--;
            }
            rows[at] = row;
        }
    }
}
