package dev.whence.merge.key;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the values of one key column of a source are, in bounded memory: exact values while they
 * fit, and beyond that intervals, made by joining the neighbours that are closest, so that clusters
 * stay apart. Always a superset of what was added. Not thread-safe while values are added;
 * afterwards, from {@link #close} on, it is immutable.
 */
public final class KeyRanges {
    /** What an array and its place in a list cost beside its bytes. */
    private static final int OVERHEAD_BYTES = 40;

    static final byte[] NAN = nan();

    private static final class Interval {
        final byte[] from;
        final byte[] to;
        final boolean exact;

        Interval(byte[] value) {
            this.from = value;
            this.to = value;
            this.exact = true;
        }

        Interval(byte[] from, byte[] to) {
            this.from = from;
            this.to = to;
            this.exact = false;
        }

        long heldBytes() {
            return OVERHEAD_BYTES + from.length + (exact ? 0 : to.length + (long) OVERHEAD_BYTES);
        }
    }

    private static final Hasher64 HASHER = Hashing.xxh3_64();

    /** Values are remembered by so many places of their hashes, lest one be added over and over. */
    private static final int RECENT = 1 << 12;

    private static final int LARGEST_RECENT_BYTES = 128;

    private final KeyKind kind;
    private final long largestBytes;
    private byte[][] recent = new byte[RECENT][];
    private List<Interval> intervals = new ArrayList<>();
    private long heldBytes;
    private boolean sorted = true;
    private boolean holdsNull;
    private boolean holdsNaN;

    /**
     * @param largestBytes of memory, about; at least 4 KiB. The longest values may take more
     */
    public KeyRanges(KeyKind kind, long largestBytes) {
        if (largestBytes < 4096) {
            throw new IllegalArgumentException(
                    "largestBytes is %d, must be 4096 or more".formatted(largestBytes));
        }
        this.kind = kind;
        this.largestBytes = largestBytes;
    }

    /** Adds one encoded component; copied. */
    public void add(byte[] bytes, int from, int length) {
        if (bytes[from] == KeyBuffer.NULL) {
            holdsNull = true;
            return;
        }
        int end = from + length;
        int order = -1;
        if (!intervals.isEmpty()) {
            order = compare(intervals.getLast().to, bytes, from, end);
            if (order == 0) {
                return;
            }
        }
        int place = (int) HASHER.hashBytesToLong(bytes, from, length) & (RECENT - 1);
        byte[] same = recent[place];
        if (same != null && Arrays.equals(same, 0, same.length, bytes, from, end)) {
            return;
        }
        byte[] value = Arrays.copyOfRange(bytes, from, end);
        if (length <= LARGEST_RECENT_BYTES) {
            recent[place] = value;
        }
        if (kind == KeyKind.FLOATING && Arrays.equals(value, NAN)) {
            holdsNaN = true;
            return;
        }
        sorted &= order < 0;
        Interval interval = new Interval(value);
        intervals.add(interval);
        heldBytes += interval.heldBytes();
        if (heldBytes > largestBytes) {
            sort();
            while (heldBytes > largestBytes / 2 && intervals.size() > 1) {
                joinClosestHalf();
            }
        }
    }

    /** Ends the adding. */
    public KeyRanges close() {
        sort();
        recent = new byte[0][];
        return this;
    }

    /** Whether a chunk or page of these bounds may hold one of the values; false is certain. */
    public boolean mayIntersect(KeyBounds bounds) {
        if ((holdsNull && bounds.mayHoldNull()) || (holdsNaN && bounds.mayHoldNaN())) {
            return true;
        }
        if (bounds.nulls() == KeyBounds.Nulls.ALL || intervals.isEmpty()) {
            return false;
        }
        if (!bounds.isBounded()) {
            return true;
        }
        int first = firstFrom(bounds.min());
        return first < intervals.size()
                && Arrays.compareUnsigned(intervals.get(first).from, bounds.max()) <= 0;
    }

    /**
     * The values that a chunk or page of these bounds may hold, null and NaN among them.
     *
     * @return encoded, not to be changed; empty if they are more than {@code atMost} or not known
     *     one by one
     */
    public Optional<List<byte[]>> exactWithin(KeyBounds bounds, int atMost) {
        List<byte[]> values = new ArrayList<>();
        if (holdsNull && bounds.mayHoldNull()) {
            values.add(new byte[] {KeyBuffer.NULL});
        }
        if (holdsNaN && bounds.mayHoldNaN()) {
            values.add(NAN);
        }
        if (bounds.nulls() != KeyBounds.Nulls.ALL) {
            for (int i = bounds.isBounded() ? firstFrom(bounds.min()) : 0;
                    i < intervals.size() && values.size() <= atMost;
                    i++) {
                Interval interval = intervals.get(i);
                if (bounds.isBounded() && Arrays.compareUnsigned(interval.from, bounds.max()) > 0) {
                    break;
                }
                if (!interval.exact) {
                    return Optional.empty();
                }
                values.add(interval.from);
            }
        }
        return values.size() > atMost ? Optional.empty() : Optional.of(values);
    }

    /** Whether nothing was added. */
    public boolean isEmpty() {
        return intervals.isEmpty() && !holdsNull && !holdsNaN;
    }

    /** The first interval that ends at a value or after it. */
    private int firstFrom(byte[] value) {
        int low = 0;
        int high = intervals.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(intervals.get(middle).to, value) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void sort() {
        if (sorted) {
            return;
        }
        intervals.sort((one, other) -> Arrays.compareUnsigned(one.from, other.from));
        List<Interval> merged = new ArrayList<>();
        for (Interval next : intervals) {
            Interval last = merged.isEmpty() ? null : merged.getLast();
            if (last == null || Arrays.compareUnsigned(next.from, last.to) > 0) {
                merged.add(next);
            } else if (Arrays.compareUnsigned(next.to, last.to) > 0) {
                merged.set(merged.size() - 1, new Interval(last.from, next.to));
            }
        }
        replace(merged);
        sorted = true;
    }

    private void joinClosestHalf() {
        int shared =
                Math.max(0, Arrays.mismatch(intervals.getFirst().from, intervals.getLast().to));
        long[] gaps = new long[intervals.size() - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] =
                    (word(intervals.get(i + 1).from, shared) >>> 1)
                            - (word(intervals.get(i).to, shared) >>> 1);
        }
        long[] ascending = gaps.clone();
        Arrays.sort(ascending);
        int quota = (gaps.length + 1) / 2;
        long widest = ascending[quota - 1];
        List<Interval> joined = new ArrayList<>();
        Interval open = intervals.getFirst();
        for (int i = 0; i < gaps.length; i++) {
            Interval next = intervals.get(i + 1);
            if (quota > 0 && gaps[i] <= widest) {
                quota--;
                open = new Interval(open.from, next.to);
            } else {
                joined.add(open);
                open = next;
            }
        }
        joined.add(open);
        replace(joined);
    }

    private void replace(List<Interval> better) {
        intervals = better;
        heldBytes = better.stream().mapToLong(Interval::heldBytes).sum();
    }

    /** Eight bytes from a place on, zeros after the end. */
    private static long word(byte[] bytes, int from) {
        long word = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            word = word << Byte.SIZE | (i < bytes.length ? bytes[i] & 0xFF : 0);
        }
        return word;
    }

    private static int compare(byte[] one, byte[] other, int from, int end) {
        return Arrays.compareUnsigned(one, 0, one.length, other, from, end);
    }

    private static byte[] nan() {
        KeyBuffer buffer = new KeyBuffer();
        buffer.putDouble(Double.NaN);
        return buffer.copy();
    }
}
