package dev.whence.index;

import java.lang.foreign.MemorySegment;

/** A place in one block of {@code members} as version 2 has it. Not thread-safe. */
final class CodedMembers implements MemberEntries {

    private static final long MOST_DATASET = 0xFFFF_FFFFL;

    private final MappedFile file;
    private final BitReader bits;
    private final int firstOrdinal;
    private final int entries;
    private final int ordinalWidth;
    private final int startWidth;
    private final int firstOrder;
    private final int gapOrder;
    private final int changeOrder;
    private final boolean signed;
    private final long places;
    private final long starts;
    private final long pairs;

    private int entry = -1;
    private int ordinal;
    private long left;
    private boolean fresh;
    private long dataset;
    private long change;

    CodedMembers(MappedFile file, MemorySegment region, BlockReader in) {
        this.file = file;
        this.firstOrdinal = in.varint(Integer.MAX_VALUE);
        this.entries = in.u8() + 1;
        this.ordinalWidth = atMost(Integer.SIZE, in.u8());
        this.startWidth = atMost(Integer.SIZE, in.u8());
        this.firstOrder = atMost(BitWriter.MAX_ORDER, in.u8());
        this.gapOrder = atMost(BitWriter.MAX_ORDER, in.u8());
        int change = in.u8();
        this.signed = (change & MembersBlock.SIGNED) != 0;
        this.changeOrder = atMost(BitWriter.MAX_ORDER, change & ~MembersBlock.SIGNED);
        this.bits = new BitReader(file, region, in.position(), in.position() + in.remaining());
        this.places = bits.position();
        this.starts = places + (long) ordinalWidth * (entries - 1);
        long placeBits =
                (long) ordinalWidth * (entries - 1)
                        + (long) startWidth * ((entries - 1) / MembersBlock.GROUP);
        this.pairs = places + (placeBits + Byte.SIZE - 1) / Byte.SIZE * Byte.SIZE;
        bits.position(pairs);
    }

    /** Goes to an ordinal's entry; false if there is none. */
    @Override
    public boolean seek(int wanted) {
        int found = find(wanted);
        if (found < 0) {
            return false;
        }
        long at = groupStart(found / MembersBlock.GROUP);
        for (int skipped = found & -MembersBlock.GROUP; skipped < found; skipped++) {
            at = skipEntry(at);
        }
        bits.position(at);
        entry = found;
        ordinal = wanted;
        beginEntry();
        return true;
    }

    /** Adds an ordinal's changes to the sums, if it is here. */
    void addTo(DatasetSums sums, int wanted) {
        if (seek(wanted)) {
            for (long at = bits.position(); left > 0; left--) {
                at = takePair(at);
                sums.add((int) dataset, change);
            }
        }
    }

    /**
     * An ordinal's change for one dataset, 0 if there is none. Ordinals in any order; if they
     * ascend, a group of entries is gone over once.
     */
    long change(int wanted, int datasetId) {
        int found = find(wanted);
        if (found < 0) {
            return 0;
        }
        int next = found & -MembersBlock.GROUP;
        long at;
        if (entry >= next && entry < found) {
            next = entry + 1;
            at = skipPairs(bits.position(), left, fresh);
        } else {
            at = groupStart(found / MembersBlock.GROUP);
        }
        for (; next < found; next++) {
            at = skipEntry(at);
        }
        bits.position(at);
        entry = found;
        beginEntry();
        long id = Integer.toUnsignedLong(datasetId);
        at = bits.position();
        while (left > 0) {
            left--;
            at = takePair(at);
            if (dataset >= id) {
                break;
            }
        }
        bits.position(at);
        return dataset == id ? change : 0;
    }

    @Override
    public boolean nextEntry() {
        if (++entry == entries) {
            return false;
        }
        long at = ordinalAt(entry);
        if (at > Integer.MAX_VALUE) {
            throw file.corrupt("ordinal %d".formatted(at));
        }
        ordinal = (int) at;
        beginEntry();
        return true;
    }

    @Override
    public boolean nextPair() {
        if (left == 0) {
            return false;
        }
        left--;
        long gap = bits.code(fresh ? firstOrder : gapOrder);
        take(gap, bits.code(changeOrder));
        return true;
    }

    /**
     * As {@link #nextPair}, in half of the time: the place is no field, and both codes are in one
     * load, if they are not long.
     *
     * @return where the pair ends that begins there
     */
    private long takePair(long at) {
        int order = fresh ? firstOrder : gapOrder;
        long window = bits.windowAt(at);
        int zeros = Long.numberOfTrailingZeros(window);
        int length = BitReader.codeBits(zeros, order);
        long second = window >>> length;
        int secondZeros = Long.numberOfTrailingZeros(second);
        int both = length + BitReader.codeBits(secondZeros, changeOrder);
        if (both <= BitReader.WINDOW_BITS) {
            bits.checkEnd(at + both);
            take(
                    BitReader.value(window, zeros, order),
                    BitReader.value(second, secondZeros, changeOrder));
            return at + both;
        }
        bits.position(at);
        long gap = bits.code(order);
        take(gap, bits.code(changeOrder));
        return bits.position();
    }

    /** Takes a pair as it is coded. */
    private void take(long gap, long coded) {
        long next = dataset + gap + (fresh ? 0 : 1);
        if (gap < 0 || gap > MOST_DATASET || next > MOST_DATASET) {
            throw file.corrupt("dataset beyond 2^32 at byte %d".formatted(bits.position() / 8));
        }
        fresh = false;
        dataset = next;
        change = signed ? (coded + 1) >>> 1 ^ -((coded + 1) & 1) : coded + 1;
    }

    @Override
    public int ordinal() {
        return ordinal;
    }

    @Override
    public int datasetId() {
        return (int) dataset;
    }

    @Override
    public long change() {
        return change;
    }

    private void beginEntry() {
        left = count();
        if (left > MembersBlock.MOST_PAIRS_UNSAID) {
            bits.code(MembersBlock.LENGTH_ORDER);
        }
        dataset = 0;
        fresh = true;
    }

    /** Where the pairs of the entries begin of which the first one's place is said. */
    private long groupStart(int group) {
        return group == 0 ? pairs : pairs + bits.bitsAt(starts, group - 1, startWidth);
    }

    /** Where the entry ends that begins there. */
    private long skipEntry(long start) {
        bits.position(start);
        long count = count();
        if (count > MembersBlock.MOST_PAIRS_UNSAID) {
            bits.skip(bits.code(MembersBlock.LENGTH_ORDER));
            return bits.position();
        }
        return skipPairs(bits.position(), count, true);
    }

    /** Where so many pairs end that begin there, an entry's first one among them or not. */
    private long skipPairs(long start, long count, boolean fromFirst) {
        long at = start;
        for (long i = 0; i < count; i++) {
            int order = fromFirst && i == 0 ? firstOrder : gapOrder;
            long window = bits.windowAt(at);
            int length = BitReader.codeBits(Long.numberOfTrailingZeros(window), order);
            int zeros = Long.numberOfTrailingZeros(window >>> length);
            int both = length + BitReader.codeBits(zeros, changeOrder);
            at = both > BitReader.WINDOW_BITS ? skipLongPair(at, order) : at + both;
        }
        return at;
    }

    private long skipLongPair(long at, int order) {
        bits.position(at);
        bits.code(order);
        bits.code(changeOrder);
        return bits.position();
    }

    private long count() {
        long count = bits.code(0) + 1;
        if (count < 1 || count > BlockTreeWriter.MAX_BLOCK_BYTES) {
            throw file.corrupt("%s pairs".formatted(Long.toUnsignedString(count)));
        }
        return count;
    }

    private int find(int wanted) {
        long from = (long) wanted - firstOrdinal;
        if (ordinalWidth == 0) {
            return from >= 0 && from < entries ? (int) from : -1;
        }
        int low = 0;
        int high = entries;
        while (low < high) {
            int middle = (low + high) >>> 1;
            long at = ordinalAt(middle);
            if (at == wanted) {
                return middle;
            }
            if (at < wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return -1;
    }

    private long ordinalAt(int index) {
        long beyond = index == 0 ? 0 : bits.bitsAt(places, index - 1, ordinalWidth);
        return (long) firstOrdinal + index + beyond;
    }

    private int atMost(int most, int found) {
        if (found > most) {
            throw file.corrupt("at most %d bits expected, found %d".formatted(most, found));
        }
        return found;
    }
}
