package dev.whence.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Writes checked blocks in key order with a tree of keys over them, in one pass and in memory that
 * grows with the tree's height only: each page follows its last child.
 *
 * <pre>
 * Tree    = (Block | Page)* Trailer
 * Page    = Key:u64[n] End:u64[n] Crc:u32[n] Start:u64        n children, 256 but in a level's last
 * Trailer = Fact:u64* Blocks:u64 RootCrc:u32 TrailerCrc:u32
 * </pre>
 *
 * <p>{@code End} is where a child ends, {@code Start} where a page's first child begins, from the
 * payload's first byte; {@code Key} is a child's first key, {@code Crc} its CRC32C. Pages of level
 * 1 stand over blocks, those of level 2 over pages of level 1, and so on to one root, which lies
 * just before the trailer. The facts are the format's own numbers.
 */
final class BlockTreeWriter {

    static final int FAN_OUT = 256;
    static final int ENTRY_BYTES = Long.BYTES + Long.BYTES + Integer.BYTES;
    static final int TRAILER_BYTES = Long.BYTES + Integer.BYTES + Integer.BYTES;

    /** No block or page is larger: a reader never asks for more at once. */
    static final int MAX_BLOCK_BYTES = 1 << 24;

    private final EnvelopeWriter out;
    private final List<Level> levels = new ArrayList<>();
    private final CRC32C crc = new CRC32C();
    private long blocks;
    private long lastKey;

    BlockTreeWriter(EnvelopeWriter out) {
        this.out = out;
    }

    /**
     * Adds a block.
     *
     * @param key unsigned, not below the key before
     */
    void block(long key, BlockBuffer block) throws IOException {
        if (block.length() > MAX_BLOCK_BYTES) {
            throw new IllegalArgumentException(
                    "A block has at most %d bytes: %d".formatted(MAX_BLOCK_BYTES, block.length()));
        }
        if (Long.compareUnsigned(key, lastKey) < 0) {
            throw new IllegalStateException(
                    "Block keys descend: %x after %x".formatted(key, lastKey));
        }
        lastKey = key;
        blocks = Math.incrementExact(blocks);
        child(0, key, block.array(), block.length());
    }

    /** Ends the tree; returns where it ends in the payload. */
    long finish(long... facts) throws IOException {
        int level = 0;
        while (level < levels.size() && !(level > 0 && levels.get(level).onlyChild())) {
            if (levels.get(level).count > 0) {
                page(level);
            }
            level++;
        }
        BlockBuffer trailer = new BlockBuffer();
        for (long fact : facts) {
            trailer.u64(fact);
        }
        trailer.u64(blocks);
        trailer.u32(blocks == 0 ? 0 : levels.get(level - 1).lastPageCrc);
        trailer.u32(checksum(trailer.array(), trailer.length()));
        out.put(trailer.array(), 0, trailer.length());
        return out.payloadBytes();
    }

    /** Writes a child of {@code levels[level]} and enters it there. */
    private void child(int level, long key, byte[] bytes, int length) throws IOException {
        if (level == levels.size()) {
            levels.add(new Level());
        }
        long start = out.payloadBytes();
        out.put(bytes, 0, length);
        int checksum = checksum(bytes, length);
        Level parent = levels.get(level);
        parent.add(key, start, start + length, checksum);
        if (level > 0) {
            levels.get(level - 1).lastPageCrc = checksum;
        }
        if (parent.count == FAN_OUT) {
            page(level);
        }
    }

    private void page(int level) throws IOException {
        Level full = levels.get(level);
        long key = full.keys[0];
        byte[] page = full.page();
        child(level + 1, key, page, page.length);
    }

    private int checksum(byte[] bytes, int length) {
        crc.reset();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** The page of one level that is being filled. */
    private static final class Level {
        final long[] keys = new long[FAN_OUT];
        final long[] ends = new long[FAN_OUT];
        final int[] crcs = new int[FAN_OUT];
        long start;
        int count;
        long children;
        int lastPageCrc;

        void add(long key, long childStart, long childEnd, int crc) {
            if (count == 0) {
                start = childStart;
            }
            keys[count] = key;
            ends[count] = childEnd;
            crcs[count] = crc;
            count++;
            children++;
        }

        /** Whether its one child is the tree's root, so that no page is needed here. */
        boolean onlyChild() {
            return children == 1;
        }

        byte[] page() {
            ByteBuffer page =
                    ByteBuffer.allocate(count * ENTRY_BYTES + Long.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN);
            Arrays.stream(keys, 0, count).forEach(page::putLong);
            Arrays.stream(ends, 0, count).forEach(page::putLong);
            Arrays.stream(crcs, 0, count).forEach(page::putInt);
            page.putLong(start);
            count = 0;
            return page.array();
        }
    }
}
