package dev.whence.index;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link BlockTreeWriter} wrote. Opening reads the trailer alone; each page and block is
 * checked against its CRC32C when it is first read, and one bit outside the heap remembers that. A
 * search touches one page a level (256 keys side by side) and then its block: two pages up to
 * 65,536 blocks, three up to 16 million. Thread-safe.
 *
 * <p>Damage is thrown as {@link java.io.UncheckedIOException} around {@link
 * CorruptIndexFileException}.
 */
final class BlockTree {

    private static final int FAN_OUT_BITS = 8;
    private static final int GROUP = 16;
    private static final VarHandle BITS = ValueLayout.JAVA_LONG.varHandle();

    private final MappedFile file;
    private final MemorySegment region;
    private final long[] facts;
    private final int blocks;
    private final int rootCrc;
    private final long rootEnd;

    /** Children at each level: {@code counts[0]} blocks, then pages, up to the one root. */
    private final int[] counts;

    /** Where the bits of a level's children begin. */
    private final long[] firstBit;

    private final MemorySegment verified;

    /**
     * @param region the payload up to and with the tree's trailer
     * @param facts how many numbers the format put into the trailer
     */
    BlockTree(MappedFile file, MemorySegment region, int facts) throws CorruptIndexFileException {
        this.file = file;
        this.region = region;
        int trailerBytes = facts * Long.BYTES + BlockTreeWriter.TRAILER_BYTES;
        this.rootEnd = region.byteSize() - trailerBytes;
        if (rootEnd < 0) {
            throw new CorruptIndexFileException(file.name(), "no room for a trailer");
        }
        checkTrailer(trailerBytes);
        this.facts = new long[facts];
        for (int i = 0; i < facts; i++) {
            this.facts[i] = region.get(LittleEndian.LONG, rootEnd + (long) i * Long.BYTES);
        }
        long at = rootEnd + (long) facts * Long.BYTES;
        long blockCount = region.get(LittleEndian.LONG, at);
        this.rootCrc = region.get(LittleEndian.INT, at + Long.BYTES);
        if (blockCount < 0
                || blockCount > rootEnd / BlockTreeWriter.ENTRY_BYTES
                || blockCount > Integer.MAX_VALUE) {
            throw new CorruptIndexFileException(
                    file.name(), "%d blocks in %d bytes".formatted(blockCount, rootEnd));
        }
        this.blocks = (int) blockCount;
        this.counts = levelCounts(blocks);
        this.firstBit = new long[counts.length];
        long bits = 0;
        for (int level = 0; level < counts.length; level++) {
            firstBit[level] = bits;
            bits += counts[level];
        }
        this.verified = file.arena().allocate((bits / Long.SIZE + 1) * Long.BYTES, Long.BYTES);
    }

    int blocks() {
        return blocks;
    }

    long fact(int index) {
        return facts[index];
    }

    /** Bytes of blocks and pages: where the trailer begins. */
    long bytes() {
        return rootEnd;
    }

    /** A block that a search came to: its number, its key, and its bytes, verified. */
    record Block(int index, long key, BlockReader in) {}

    /** The last block whose key is not above {@code key} (unsigned), or null. */
    @Nullable Block floor(long key) {
        Leaf leaf = leaf(key);
        if (leaf == null) {
            return null;
        }
        int slot = floorSlot(leaf.page, leaf.children, key);
        return slot < 0 ? null : block(leaf, slot);
    }

    /**
     * As {@link #floor(long)} for each of many keys, and faster, because little waits: keys that
     * ascend, roughly at least, find their pages in the cache, and the beginnings of all their
     * blocks are loaded side by side.
     *
     * @param count of the keys
     * @param ahead how many bytes of a block will be read at first
     */
    @Nullable Block[] floor(long[] keys, int count, int ahead) {
        @Nullable Block[] found = new Block[count];
        Leaf leaf = null;
        Block last = null;
        for (int i = 0; i < count; i++) {
            if (leaf == null || !leaf.holds(keys[i])) {
                leaf = leaf(keys[i]);
                last = null;
            }
            if (leaf != null && (last == null || !isIn(leaf, slotOf(last.index), keys[i]))) {
                int slot = floorSlot(leaf.page, leaf.children, keys[i]);
                last = slot < 0 ? null : block(leaf, slot);
            }
            found[i] = last;
        }
        long loaded = 0;
        int before = -1;
        for (Block block : found) {
            if (block != null && block.index() != before) {
                loaded += block.in().load(ahead);
                before = block.index();
            }
        }
        keep(loaded);
        return found;
    }

    /** Whether a search for the key surely ends at that block of a page. */
    private boolean isIn(Leaf leaf, int slot, long key) {
        return slot + 1 < leaf.children
                && Long.compareUnsigned(keyAt(leaf.page, slot), key) <= 0
                && isAbove(leaf.page, slot + 1, key);
    }

    /** Says that loads have a purpose, which is that they were made. */
    private static void keep(long loaded) {
        if (loaded == Long.MIN_VALUE) {
            throw new AssertionError("sums of bytes are small");
        }
    }

    /**
     * A verified page over blocks.
     *
     * @param number among the pages of its level
     * @param first its first key
     * @param next the first key of the page after it; 0 if that is not at hand
     */
    private record Leaf(int number, long page, int children, long first, long next) {
        boolean holds(long key) {
            return Long.compareUnsigned(first, key) <= 0 && Long.compareUnsigned(key, next) < 0;
        }
    }

    /** The page over blocks that a key leads to; null if it is below all. */
    private @Nullable Leaf leaf(long key) {
        if (blocks == 0) {
            return null;
        }
        int child = 0;
        long end = verifiedRootEnd();
        long next = 0;
        for (int level = counts.length - 1; level > 1; level--) {
            int n = childrenOf(level, child);
            long page = end - pageBytes(n);
            int slot = floorSlot(page, n, key);
            if (slot < 0) {
                return null;
            }
            next = slot + 1 < n ? keyAt(page, slot + 1) : 0;
            child = (child << FAN_OUT_BITS) + slot;
            end = verifiedEnd(level - 1, child, page, n, slot);
        }
        int n = childrenOf(1, child);
        long page = end - pageBytes(n);
        return new Leaf(child, page, n, keyAt(page, 0), next);
    }

    private Block block(Leaf leaf, int slot) {
        int block = (leaf.number << FAN_OUT_BITS) + slot;
        long end = verifiedEnd(0, block, leaf.page, leaf.children, slot);
        long start = start(leaf.page, leaf.children, slot);
        return new Block(block, keyAt(leaf.page, slot), new BlockReader(file, region, start, end));
    }

    /** The first block whose key is not below {@code key} (unsigned); {@link #blocks()} if none. */
    int ceiling(long key) {
        Block below = key == 0 ? null : floor(key - 1);
        return below == null ? 0 : below.index() + 1;
    }

    long key(int block) {
        return keyAt(leafPage(block), slotOf(block));
    }

    /** A block's bytes, verified. */
    BlockReader block(int block) {
        long page = leafPage(block);
        int n = childrenOf(1, block >>> FAN_OUT_BITS);
        int slot = slotOf(block);
        long end = verifiedEnd(0, block, page, n, slot);
        return new BlockReader(file, region, start(page, n, slot), end);
    }

    /** Where the page of level 1 over a block begins, all pages on the way verified. */
    private long leafPage(int block) {
        if (block < 0 || block >= blocks) {
            throw new IndexOutOfBoundsException("Block %d of %d".formatted(block, blocks));
        }
        int top = counts.length - 1;
        long end = verifiedRootEnd();
        int child = 0;
        for (int level = top; level > 1; level--) {
            int n = childrenOf(level, child);
            long page = end - pageBytes(n);
            child = block >>> (FAN_OUT_BITS * (level - 1));
            end = verifiedEnd(level - 1, child, page, n, slotOf(child));
        }
        return end - pageBytes(childrenOf(1, child));
    }

    private long verifiedRootEnd() {
        int top = counts.length - 1;
        if (!isVerified(top, 0)) {
            long start = rootEnd - pageBytes(childrenOf(top, 0));
            verify(top, 0, start, rootEnd, rootCrc);
        }
        return rootEnd;
    }

    /** Where a child of a verified page ends, the child itself verified. */
    private long verifiedEnd(int level, int child, long page, int n, int slot) {
        long end = region.get(LittleEndian.LONG, page + (long) (n + slot) * Long.BYTES);
        if (!isVerified(level, child)) {
            long start =
                    level == 0 ? start(page, n, slot) : end - pageBytes(childrenOf(level, child));
            int crc =
                    region.get(
                            LittleEndian.INT,
                            page + (long) n * 2 * Long.BYTES + (long) slot * Integer.BYTES);
            verify(level, child, start, end, crc);
        }
        return end;
    }

    private long start(long page, int n, int slot) {
        long at =
                slot == 0
                        ? page + (long) n * BlockTreeWriter.ENTRY_BYTES
                        : page + (long) (n + slot - 1) * Long.BYTES;
        return region.get(LittleEndian.LONG, at);
    }

    private void verify(int level, int child, long start, long end, int expected) {
        if (start < 0
                || end < start
                || end > rootEnd
                || end - start > BlockTreeWriter.MAX_BLOCK_BYTES) {
            throw file.corrupt("a block of bytes %d to %d".formatted(start, end));
        }
        CRC32C crc = new CRC32C();
        crc.update(region.asSlice(start, end - start).asByteBuffer());
        if (MaskedCrc.of(crc) != expected) {
            String what = "block of bytes %d to %d".formatted(start, end);
            throw file.corrupt(Envelope.mismatch(what, expected, MaskedCrc.of(crc)));
        }
        long bit = firstBit[level] + child;
        long _ = (long) BITS.getAndBitwiseOr(verified, bit / Long.SIZE * Long.BYTES, 1L << bit);
    }

    private boolean isVerified(int level, int child) {
        long bit = firstBit[level] + child;
        long word = verified.get(ValueLayout.JAVA_LONG, bit / Long.SIZE * Long.BYTES);
        return (word >>> bit & 1) != 0;
    }

    /**
     * The last of a page's keys that is not above, or -1: how many are not, less one. First every
     * sixteenth is compared, then those of one group: so many loads that do not wait for each other
     * that their cache misses run side by side, where a binary search would wait for five.
     */
    private int floorSlot(long page, int n, long key) {
        int groups = 0;
        for (int first = 0; first < n; first += GROUP) {
            groups += isAbove(page, first, key) ? 0 : 1;
        }
        if (groups == 0) {
            return -1;
        }
        int start = (groups - 1) * GROUP;
        int end = Math.min(n, start + GROUP);
        int slot = start;
        for (int next = start + 1; next < end; next++) {
            slot += isAbove(page, next, key) ? 0 : 1;
        }
        return slot;
    }

    private boolean isAbove(long page, int slot, long key) {
        return Long.compareUnsigned(keyAt(page, slot), key) > 0;
    }

    private long keyAt(long page, int slot) {
        return region.get(LittleEndian.LONG, page + (long) slot * Long.BYTES);
    }

    private int childrenOf(int level, int page) {
        int first = page << FAN_OUT_BITS;
        return Math.min(BlockTreeWriter.FAN_OUT, counts[level - 1] - first);
    }

    private static int slotOf(int child) {
        return child & (BlockTreeWriter.FAN_OUT - 1);
    }

    private static long pageBytes(int children) {
        return (long) children * BlockTreeWriter.ENTRY_BYTES + Long.BYTES;
    }

    private static int[] levelCounts(int blocks) {
        int levels = 1;
        for (long n = blocks; n > 1 || (levels == 1 && n > 0); levels++) {
            n = (n + BlockTreeWriter.FAN_OUT - 1) >> FAN_OUT_BITS;
        }
        int[] counts = new int[levels];
        counts[0] = blocks;
        for (int level = 1; level < levels; level++) {
            counts[level] =
                    (int) ((counts[level - 1] + BlockTreeWriter.FAN_OUT - 1L) >> FAN_OUT_BITS);
        }
        return counts;
    }

    private void checkTrailer(int trailerBytes) throws CorruptIndexFileException {
        CRC32C crc = new CRC32C();
        crc.update(region.asSlice(rootEnd, trailerBytes - Integer.BYTES).asByteBuffer());
        int expected = region.get(LittleEndian.INT, region.byteSize() - Integer.BYTES);
        if (MaskedCrc.of(crc) != expected) {
            throw new CorruptIndexFileException(
                    file.name(), Envelope.mismatch("trailer", expected, MaskedCrc.of(crc)));
        }
    }
}
