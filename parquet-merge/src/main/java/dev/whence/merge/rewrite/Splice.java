package dev.whence.merge.rewrite;

import java.util.Arrays;

/**
 * How the rows of a new row group follow from those of an old one and from source rows: a list of
 * steps, run once for each column. Immutable.
 */
final class Splice {
    /** A step's kind stands in its upper two bits, its number in the lower thirty. */
    private static final int KIND_SHIFT = 30;

    private static final int MOST = (1 << KIND_SHIFT) - 1;

    private final int[] steps;
    private final int count;
    private final long rows;
    private final boolean inPlace;
    private final int[] sourceRows;

    /** What the steps ask for. */
    enum Kind {
        /** Take the next n rows as they are. */
        KEEP(0),
        /** Leave the next n rows out. */
        SKIP(1),
        /** Put the n-th of the source rows here. */
        PUT(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    private Splice(int[] steps, int count, long rows, boolean inPlace, int[] sourceRows) {
        this.steps = steps;
        this.count = count;
        this.rows = rows;
        this.inPlace = inPlace;
        this.sourceRows = sourceRows;
    }

    int steps() {
        return count;
    }

    Kind kind(int step) {
        return kindOf(steps[step]);
    }

    private static Kind kindOf(int step) {
        return switch (step >>> KIND_SHIFT) {
            case 0 -> Kind.KEEP;
            case 1 -> Kind.SKIP;
            default -> Kind.PUT;
        };
    }

    int number(int step) {
        return steps[step] & MOST;
    }

    /** Rows that come out. */
    long rows() {
        return rows;
    }

    /** Whether each row stays where it is, some with other values. */
    boolean isInPlace() {
        return inPlace;
    }

    /** Whether all rows stay as they are. */
    boolean changesNothing() {
        return inPlace && sourceRows.length == 0;
    }

    /** The source rows in the order in which they are put. */
    int[] sourceRows() {
        return sourceRows;
    }

    /** Puts a splice together, first row first. Not thread-safe. */
    static final class Builder {
        private int[] steps = new int[64];
        private int count;
        private int[] sourceRows = new int[16];
        private int puts;
        private long rows;
        private boolean inPlace = true;

        void keep(int n) {
            add(Kind.KEEP, n);
            rows += n;
        }

        void skip(int n) {
            inPlace = false;
            add(Kind.SKIP, n);
        }

        /** The next row becomes a source row. */
        void replace(int sourceRow) {
            add(Kind.SKIP, 1);
            put(sourceRow);
        }

        /** A source row comes in between. */
        void insert(int sourceRow) {
            inPlace = false;
            put(sourceRow);
        }

        private void put(int sourceRow) {
            if (puts == sourceRows.length) {
                sourceRows = Arrays.copyOf(sourceRows, puts * 2);
            }
            sourceRows[puts] = sourceRow;
            append(Kind.PUT, puts);
            puts++;
            rows++;
        }

        /** Rows of one kind that follow each other are one step. */
        private void add(Kind kind, int n) {
            int left = n;
            if (count > 0 && kind == kindOf(steps[count - 1])) {
                int more = Math.min(left, MOST - (steps[count - 1] & MOST));
                steps[count - 1] += more;
                left -= more;
            }
            while (left > 0) {
                int some = Math.min(left, MOST);
                append(kind, some);
                left -= some;
            }
        }

        private void append(Kind kind, int number) {
            if (count == steps.length) {
                steps = Arrays.copyOf(steps, count * 2);
            }
            steps[count++] = kind.code << KIND_SHIFT | number;
        }

        Splice build() {
            return new Splice(steps, count, rows, inPlace, Arrays.copyOf(sourceRows, puts));
        }
    }
}
