package dev.whence.index;

import java.io.IOException;

/** Reads {@code members}: the changes of one ordinal, or all in order. Thread-safe. */
final class Members {

    private static final long MOST_DATASET = 0xFFFF_FFFFL;

    private final MappedFile file;
    private final BlockTree tree;

    Members(MappedFile file) throws IOException {
        this.file = file;
        this.tree = new BlockTree(file, file.payload(), MembersWriter.FACTS);
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
        int last = tree.floor(ordinal);
        if (last < 0) {
            return;
        }
        int first = last;
        while (first > 0 && tree.key(first) == ordinal) {
            first--;
        }
        sums.beginSegment();
        for (int block = first; block <= last; block++) {
            addBlock(sums, block, ordinal);
        }
        sums.endSegment();
    }

    private void addBlock(DatasetSums sums, int block, int ordinal) {
        BlockReader in = tree.block(block);
        int at = 0;
        while (in.hasRemaining()) {
            at += in.varint(Integer.MAX_VALUE - at);
            int bytes = in.varint(BlockTreeWriter.MAX_BLOCK_BYTES);
            if (at < ordinal) {
                in.skip(bytes);
            } else if (at == ordinal) {
                addEntry(sums, in, bytes);
            } else {
                return;
            }
        }
    }

    private void addEntry(DatasetSums sums, BlockReader in, int bytes) {
        in.need(bytes);
        long end = in.position() + bytes;
        long dataset = 0;
        while (in.position() < end) {
            dataset = nextDataset(in, dataset);
            sums.add((int) dataset, in.zigzag());
        }
    }

    private long nextDataset(BlockReader in, long dataset) {
        long next = dataset + in.varint();
        if (next < dataset || next > MOST_DATASET) {
            throw file.corrupt("dataset beyond 2^32 at %d".formatted(in.position()));
        }
        return next;
    }

    Cursor cursor() {
        return new Cursor();
    }

    /** A place among all pairs, in order. Not thread-safe. */
    final class Cursor {
        private BlockReader in = new BlockReader(file, file.payload(), 0, 0);
        private int nextBlock;
        private long entryEnd;
        private int ordinal;
        private long dataset;
        private long change;

        /** Moves to the next pair; false at the end. */
        boolean next() {
            if (in.position() >= entryEnd && !nextEntry()) {
                return false;
            }
            dataset = nextDataset(in, dataset);
            change = in.zigzag();
            return true;
        }

        private boolean nextEntry() {
            boolean fresh = !in.hasRemaining();
            if (fresh) {
                if (nextBlock == tree.blocks()) {
                    return false;
                }
                in = tree.block(nextBlock++);
            }
            int from = fresh ? 0 : ordinal;
            ordinal = from + in.varint(Integer.MAX_VALUE - from);
            int bytes = in.varint(BlockTreeWriter.MAX_BLOCK_BYTES);
            in.need(bytes);
            entryEnd = in.position() + bytes;
            dataset = 0;
            return true;
        }

        long pair() {
            return Pair.of(ordinal, (int) dataset);
        }

        long change() {
            return change;
        }
    }
}
