package dev.whence.index;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes {@code members}: for each touched ordinal, ascending, the datasets (as unsigned numbers,
 * ascending) whose URL count of that domain changed, and by how much.
 *
 * <pre>
 * Payload   = Tree                  key: a block's first ordinal
 * Facts     = Ordinals Pairs
 * Block     = FirstOrdinal:varint Last:u8 OrdinalWidth:u8 StartWidth:u8
 *             FirstOrder:u8 GapOrder:u8 ChangeOrder:u8 Places Entries
 * Places    = Ordinal:bits[OrdinalWidth]* Start:bits[StartWidth]* to a whole byte
 * Entries   = Entry+ to a whole byte            128 entries, or fewer once they have 2,048 pairs
 * Entry     = Pairs:code[0] Bits:code[8]? First:code[FirstOrder] Change:code[ChangeOrder]
 *             (Gap:code[GapOrder] Change:code[ChangeOrder])*
 * </pre>
 *
 * <p>{@link BitWriter} says what a code is. An entry of 8,192 pairs goes on in a next block, as an
 * entry of the same ordinal, so that blocks stay small whatever a domain's datasets.
 */
final class MembersWriter implements AutoCloseable {

    static final int FACTS = 2;
    private static final int BLOCK_PAIRS = 1 << 11;
    private static final int ENTRY_PAIRS = 1 << 13;

    private final EnvelopeWriter out;
    private final BlockTreeWriter tree;
    private final MembersBlock block = new MembersBlock();
    private final BlockBuffer coded = new BlockBuffer();
    private int entryPairs;
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
            if (block.entries() == MembersBlock.MOST_ENTRIES || block.pairs() >= BLOCK_PAIRS) {
                endBlock();
            }
            ordinal = nextOrdinal;
            ordinalCount++;
            beginEntry();
        } else if (entryPairs == ENTRY_PAIRS) {
            endBlock();
            beginEntry();
        }
        block.pair(entryPairs == 0 ? nextDataset : nextDataset - dataset, change);
        dataset = nextDataset;
        entryPairs++;
        pairCount++;
    }

    BlockFile finish() throws IOException {
        endBlock();
        tree.finish(ordinalCount, pairCount);
        return out.finish();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void beginEntry() {
        block.entry((int) ordinal);
        entryPairs = 0;
    }

    private void endBlock() throws IOException {
        if (!block.isEmpty()) {
            coded.clear();
            block.code(coded);
            tree.block(block.firstOrdinal(), coded);
            block.clear();
        }
    }
}
