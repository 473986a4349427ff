package dev.whence.index;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads {@code members}: the changes of one ordinal, or all in order. Thread-safe. */
final class Members {

    /** About what a block has: 128 entries of four pairs. */
    private static final int BLOCK_BYTES = 1024;

    private final MappedFile file;
    private final MemorySegment payload;
    private final BlockTree tree;

    Members(MappedFile file) throws IOException {
        this.file = file;
        this.payload = file.payload();
        this.tree = new BlockTree(file, payload, MembersWriter.FACTS);
    }

    MappedFile file() {
        return file;
    }

    /** How many ordinals are touched, as the file says. */
    long ordinals() {
        return tree.fact(0);
    }

    /** How many (domain, dataset) pairs changed, as the file says. */
    long pairs() {
        return tree.fact(1);
    }

    /** Adds an ordinal's changes to the sums. */
    void addTo(DatasetSums sums, int ordinal) {
        add(sums, ordinal, tree.floor(ordinal));
    }

    /** Adds the changes of many ordinals, each to its own sums; best in order. */
    void addTo(DatasetSums[] sums, int[] ordinals) {
        var blocks = floor(ordinals, ordinals.length);
        for (int i = 0; i < ordinals.length; i++) {
            add(sums[i], ordinals[i], blocks[i]);
        }
    }

    /**
     * Adds one dataset's changes for many ordinals to their sums; best in order, as a block is then
     * opened once for all of its ordinals.
     */
    void addTo(long[] sums, int[] ordinals, int count, int datasetId) {
        var blocks = floor(ordinals, count);
        CodedMembers open = null;
        int opened = -1;
        for (int i = 0; i < count; i++) {
            BlockTree.Block block = blocks[i];
            if (block == null) {
                continue;
            }
            if (file.envelope().version() == 1 || block.key() == ordinals[i]) {
                DatasetSums all = new DatasetSums();
                add(all, ordinals[i], block);
                sums[i] += all.of(datasetId);
                continue;
            }
            if (open == null || block.index() != opened) {
                open = new CodedMembers(file, payload, block.in().fork());
                opened = block.index();
            }
            sums[i] += open.change(ordinals[i], datasetId);
        }
    }

    private BlockTree.@Nullable Block[] floor(int[] ordinals, int count) {
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            keys[i] = ordinals[i];
        }
        return tree.floor(keys, count, BLOCK_BYTES);
    }

    private void add(DatasetSums sums, int ordinal, BlockTree.@Nullable Block last) {
        if (last == null) {
            return;
        }
        sums.beginSegment();
        if (last.key() == ordinal) {
            addBlocksBefore(sums, last.index(), ordinal);
        }
        addBlock(sums, last.in().fork(), ordinal);
        sums.endSegment();
    }

    /** An ordinal that a block begins with may have begun in blocks before it. */
    private void addBlocksBefore(DatasetSums sums, int last, int ordinal) {
        int first = last;
        while (first > 0 && tree.key(first) == ordinal) {
            first--;
        }
        for (int block = first; block < last; block++) {
            addBlock(sums, tree.block(block), ordinal);
        }
    }

    private void addBlock(DatasetSums sums, BlockReader in, int ordinal) {
        if (file.envelope().version() > 1) {
            new CodedMembers(file, payload, in).addTo(sums, ordinal);
            return;
        }
        MemberEntries entries = new VarintMembers(file, in);
        if (entries.seek(ordinal)) {
            while (entries.nextPair()) {
                sums.add(entries.datasetId(), entries.change());
            }
        }
    }

    private MemberEntries entries(BlockReader in) {
        return file.envelope().version() == 1
                ? new VarintMembers(file, in)
                : new CodedMembers(file, payload, in);
    }

    Cursor cursor() {
        return new Cursor();
    }

    /** A place among all pairs, in order. Not thread-safe. */
    final class Cursor {
        private @Nullable MemberEntries entries;
        private int nextBlock;

        /** Moves to the next pair; false at the end. */
        boolean next() {
            while (entries == null || !entries.nextPair()) {
                if (entries == null || !entries.nextEntry()) {
                    if (nextBlock == tree.blocks()) {
                        return false;
                    }
                    entries = entries(tree.block(nextBlock++));
                }
            }
            return true;
        }

        long pair() {
            MemberEntries here = Objects.requireNonNull(entries);
            return Pair.of(here.ordinal(), here.datasetId());
        }

        long change() {
            return Objects.requireNonNull(entries).change();
        }
    }
}
