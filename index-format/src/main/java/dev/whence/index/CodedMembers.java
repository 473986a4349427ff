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
        int group = found / MembersBlock.GROUP;
        bits.position(group == 0 ? pairs : pairs + bits.bitsAt(starts, group - 1, startWidth));
        for (int skipped = group * MembersBlock.GROUP; skipped < found; skipped++) {
            skipEntry();
        }
        entry = found;
        ordinal = wanted;
        beginEntry();
        return true;
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
        long next = dataset + gap + (fresh ? 0 : 1);
        if (gap < 0 || gap > MOST_DATASET || next > MOST_DATASET) {
            throw file.corrupt("dataset beyond 2^32 at byte %d".formatted(bits.position() / 8));
        }
        fresh = false;
        dataset = next;
        long coded = bits.code(changeOrder) + 1;
        change = signed ? coded >>> 1 ^ -(coded & 1) : coded;
        return true;
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

    private void skipEntry() {
        long count = count();
        if (count > MembersBlock.MOST_PAIRS_UNSAID) {
            bits.skip(bits.code(MembersBlock.LENGTH_ORDER));
            return;
        }
        for (long i = 0; i < count; i++) {
            bits.code(i == 0 ? firstOrder : gapOrder);
            bits.code(changeOrder);
        }
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
