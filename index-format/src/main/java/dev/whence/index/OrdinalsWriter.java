package dev.whence.index;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes {@code ordinals}: for a generation whose ordinals no longer follow its order, the ordinal
 * of each rank, then the rank of each ordinal, both less the first ordinal, bit-packed.
 *
 * <pre>
 * Payload = Tree                    key: the block's number
 * Facts   = Domains
 * Block   = Bits[1024 * Width] 0[7] fewer values in the last block of each direction
 * Width   = bits of Domains - 1, at least 1
 * </pre>
 *
 * <p>Value {@code v} of a block lies in its bits {@code v * Width} on, low ones first; the seven
 * zero bytes let a reader take eight bytes anywhere.
 */
final class OrdinalsWriter implements AutoCloseable {

    static final int BLOCK_VALUES = 1024;
    static final int FACTS = 1;
    static final int PADDING_BYTES = Long.BYTES - 1;

    private final EnvelopeWriter out;
    private final BlockTreeWriter tree;
    private final BlockBuffer block = new BlockBuffer();
    private final int domains;
    private final int width;
    private int valuesInDirection;
    private long key;
    private long bits;
    private int bitCount;

    OrdinalsWriter(Path directory, Envelope envelope, int domains) throws IOException {
        this.domains = domains;
        this.width = width(domains);
        this.out = new EnvelopeWriter(directory, envelope);
        this.tree = new BlockTreeWriter(out);
    }

    static int width(int domains) {
        return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(domains - 1));
    }

    /** Adds the next of {@code domains} ordinals, then of as many ranks. */
    void add(int value) throws IOException {
        bits |= (long) value << bitCount;
        bitCount += width;
        while (bitCount >= Byte.SIZE) {
            block.u8((int) bits);
            bits >>>= Byte.SIZE;
            bitCount -= Byte.SIZE;
        }
        valuesInDirection++;
        boolean ends = valuesInDirection == domains;
        if (ends || valuesInDirection % BLOCK_VALUES == 0) {
            endBlock();
        }
        if (ends) {
            valuesInDirection = 0;
        }
    }

    BlockFile finish() throws IOException {
        tree.finish(domains);
        return out.finish();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void endBlock() throws IOException {
        if (bitCount > 0) {
            block.u8((int) bits);
        }
        block.put(new byte[PADDING_BYTES], 0, PADDING_BYTES);
        tree.block(key++, block);
        block.clear();
        bits = 0;
        bitCount = 0;
    }
}
