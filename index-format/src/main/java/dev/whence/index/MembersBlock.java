package dev.whence.index;

import java.util.Arrays;

/** The entries of one block of {@code members}, gathered and then coded. Not thread-safe. */
final class MembersBlock {

    static final int MOST_ENTRIES = 128;

    /** Of so many entries the first one's place is said. */
    static final int GROUP = 8;

    /** An entry with more pairs says how long they are, to be stepped over. */
    static final int MOST_PAIRS_UNSAID = 8;

    static final int LENGTH_ORDER = 8;

    /** Set in the order of the changes where some are below zero. */
    static final int SIGNED = 0x80;

    private final int[] ordinals = new int[MOST_ENTRIES];
    private final int[] ends = new int[MOST_ENTRIES];
    private int entries;
    private int pairs;
    private long[] datasets = new long[1024];
    private long[] changes = new long[1024];
    private boolean signed;

    boolean isEmpty() {
        return entries == 0;
    }

    int firstOrdinal() {
        return ordinals[0];
    }

    int entries() {
        return entries;
    }

    int pairs() {
        return pairs;
    }

    /** Begins an entry, of a greater ordinal than the one before. */
    void entry(int ordinal) {
        ordinals[entries++] = ordinal;
    }

    /**
     * Adds to the entry.
     *
     * @param gap the dataset in an entry's first pair; how far it is from the one before in others
     * @param change not 0
     */
    void pair(long gap, long change) {
        if (pairs == datasets.length) {
            datasets = Arrays.copyOf(datasets, pairs * 2);
            changes = Arrays.copyOf(changes, pairs * 2);
        }
        datasets[pairs] = gap;
        changes[pairs++] = change;
        signed |= change < 0;
        ends[entries - 1] = pairs;
    }

    void clear() {
        entries = 0;
        pairs = 0;
        signed = false;
    }

    /** Writes all entries into a buffer. */
    void code(BlockBuffer out) {
        long[] values = new long[pairs];
        for (int i = 0; i < pairs; i++) {
            values[i] = (signed ? changes[i] << 1 ^ changes[i] >> 63 : changes[i]) - 1;
        }
        long[] firsts = new long[entries];
        long[] gaps = new long[pairs - entries];
        for (int entry = 0, at = 0, gap = 0; entry < entries; entry++) {
            firsts[entry] = datasets[at++];
            while (at < ends[entry]) {
                gaps[gap++] = datasets[at++] - 1;
            }
        }
        int firstOrder = order(firsts);
        int gapOrder = order(gaps);
        int changeOrder = order(values);
        int last = entries - 1;
        int ordinalWidth = width(ordinals[last] - ordinals[0] - last);
        BlockBuffer body = new BlockBuffer();
        BitWriter bits = new BitWriter(body);
        long[] starts = new long[last / GROUP];
        for (int entry = 0, at = 0, gap = 0; entry < entries; entry++) {
            if (entry > 0 && entry % GROUP == 0) {
                starts[entry / GROUP - 1] = bits.bits();
            }
            int end = ends[entry];
            bits.code(end - at - 1L, 0);
            if (end - at > MOST_PAIRS_UNSAID) {
                bits.code(
                        BitWriter.length(firsts[entry], firstOrder)
                                + codeBits(gaps, gap, gap + end - at - 1, gapOrder)
                                + codeBits(values, at, end, changeOrder),
                        LENGTH_ORDER);
            }
            for (int i = at; i < end; i++) {
                bits.code(i == at ? firsts[entry] : gaps[gap++], i == at ? firstOrder : gapOrder);
                bits.code(values[i], changeOrder);
            }
            at = end;
        }
        bits.finish();
        int startWidth = starts.length == 0 ? 0 : width(starts[starts.length - 1]);
        out.varint(ordinals[0]);
        out.u8(last);
        out.u8(ordinalWidth);
        out.u8(startWidth);
        out.u8(firstOrder);
        out.u8(gapOrder);
        out.u8(signed ? changeOrder | SIGNED : changeOrder);
        BitWriter places = new BitWriter(out);
        for (int entry = 1; entry < entries; entry++) {
            places.bits(ordinals[entry] - ordinals[0] - entry, ordinalWidth);
        }
        for (long start : starts) {
            places.bits(start, startWidth);
        }
        places.finish();
        out.put(body);
    }

    private static long codeBits(long[] values, int from, int to, int order) {
        long bits = 0;
        for (int i = from; i < to; i++) {
            bits += BitWriter.length(values[i], order);
        }
        return bits;
    }

    private static int width(long value) {
        return Long.SIZE - Long.numberOfLeadingZeros(value);
    }

    /**
     * The order that makes the codes shortest, of those about the mean of the numbers' lengths.
     * Order 0 has a code for every number.
     */
    private static int order(long[] values) {
        long lengths = 0;
        for (long value : values) {
            lengths += width(value);
        }
        int middle = values.length == 0 ? 0 : (int) (lengths / values.length);
        int best = 0;
        long least = codeBits(values, 0, values.length, 0);
        for (int order = Math.max(0, middle - 3); order <= middle + 1; order++) {
            int tried = Math.min(order, BitWriter.MAX_ORDER);
            long bits = codeBits(values, 0, values.length, tried);
            if (bits < least) {
                least = bits;
                best = tried;
            }
        }
        return best;
    }
}
