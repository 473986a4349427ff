package dev.whence.index;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes {@code members}: for each touched ordinal, ascending, the datasets (as unsigned numbers,
 * ascending) whose URL count of that domain changed, and by how much.
 *
 * <pre>
 * Payload = Tree                    key: a block's first ordinal
 * Facts   = Ordinals Pairs
 * Block   = Entry+                  32 entries, or fewer once 4 KiB are full
 * Entry   = OrdinalGap:varint PairBytes:varint Pair+
 * Pair    = DatasetGap:varint Change:zigzag
 * </pre>
 *
 * <p>The first gap of a block is the ordinal, the first gap of an entry the dataset. An entry of
 * more than 32 KiB goes on in a next block, as an entry of the same ordinal, so that blocks stay
 * small whatever a domain's datasets. {@code PairBytes} lets a reader step over an entry.
 */
final class MembersWriter implements AutoCloseable {

    static final int FACTS = 2;
    private static final int BLOCK_ENTRIES = 32;
    private static final int BLOCK_BYTES = 1 << 12;
    private static final int ENTRY_BYTES = 1 << 15;

    private final EnvelopeWriter out;
    private final BlockTreeWriter tree;
    private final BlockBuffer pairs = new BlockBuffer();
    private final BlockBuffer block = new BlockBuffer();
    private int entries;
    private long blockKey;
    private long entryOrdinal;
    private long ordinal = -1;
    private long dataset;
    private long ordinalCount;
    private long pairCount;

    MembersWriter(Path directory, Envelope envelope) throws IOException {
        this.out = new EnvelopeWriter(directory, envelope);
        this.tree = new BlockTreeWriter(out);
    }

    /**
     * Adds a change; none is written for zero.
     *
     * @param pair see {@link Pair}; above the one before
     */
    void add(long pair, long change) throws IOException {
        if (change == 0) {
            return;
        }
        int nextOrdinal = Pair.ordinal(pair);
        long nextDataset = Integer.toUnsignedLong(Pair.dataset(pair));
        if (nextOrdinal != ordinal) {
            endEntry();
            ordinal = nextOrdinal;
            ordinalCount++;
        } else if (pairs.length() >= ENTRY_BYTES) {
            endEntry();
        }
        pairs.varint(pairs.length() == 0 ? nextDataset : nextDataset - dataset);
        pairs.zigzag(change);
        dataset = nextDataset;
        pairCount++;
    }

    BlockFile finish() throws IOException {
        endEntry();
        endBlock();
        tree.finish(ordinalCount, pairCount);
        return out.finish();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void endEntry() throws IOException {
        if (pairs.length() == 0) {
            return;
        }
        if (entries == 0) {
            blockKey = ordinal;
            block.varint(ordinal);
        } else {
            block.varint(ordinal - entryOrdinal);
        }
        entryOrdinal = ordinal;
        block.varint(pairs.length());
        block.put(pairs);
        pairs.clear();
        entries++;
        if (entries == BLOCK_ENTRIES || block.length() >= BLOCK_BYTES) {
            endBlock();
        }
    }

    private void endBlock() throws IOException {
        if (entries > 0) {
            tree.block(blockKey, block);
            block.clear();
            entries = 0;
        }
    }
}
