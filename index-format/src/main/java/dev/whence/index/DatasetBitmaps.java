package dev.whence.index;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads {@code datasets.roar}: the change of one dataset in one slice, or all in order. */
final class DatasetBitmaps {

    private static final long MOST_DATASET = 0xFFFF_FFFFL;
    private static final int MOST_SLICE = Slice.of(Integer.MAX_VALUE);

    private final MappedFile file;
    private final BlockTree tree;

    DatasetBitmaps(MappedFile file) throws IOException {
        this.file = file;
        this.tree = new BlockTree(file, file.payload(), DatasetBitmapsWriter.FACTS);
    }

    MappedFile file() {
        return file;
    }

    /** How many (dataset, slice) changes there are, as the file says. */
    long entries() {
        return tree.fact(0);
    }

    /** How many (domain, dataset) pairs were gained, as the file says. */
    long gained() {
        return tree.fact(1);
    }

    /** How many (domain, dataset) pairs were lost, as the file says. */
    long lost() {
        return tree.fact(2);
    }

    /** A dataset's change in a slice, or null if there is none. */
    @Nullable SliceChange find(int datasetId, int slice) {
        long key = SliceChange.key(datasetId, slice);
        BlockTree.Block block = tree.floor(key);
        if (block == null) {
            return null;
        }
        Entries entries = new Entries(block.in());
        while (entries.next() && Long.compareUnsigned(entries.key, key) <= 0) {
            if (entries.key == key) {
                return entries.read();
            }
        }
        return null;
    }

    Cursor cursor() {
        return new Cursor();
    }

    /** A place among all changes, in order. Not thread-safe. */
    final class Cursor {
        private Entries entries = new Entries(new BlockReader(file, file.payload(), 0, 0));
        private int nextBlock;

        /** Moves to the next change; false at the end. */
        boolean next() {
            while (!entries.next()) {
                if (nextBlock == tree.blocks()) {
                    return false;
                }
                entries = new Entries(tree.block(nextBlock++));
            }
            return true;
        }

        /** See {@link SliceChange#key()}; ascends unsigned. */
        long key() {
            return entries.key;
        }

        /** The change here. */
        SliceChange read() {
            return entries.read();
        }
    }

    /** A place in one block; a bitmap is looked at only where it is read. */
    private final class Entries {
        private final BlockReader in;
        private long dataset;
        private int slice;
        private long key;
        private int gainedBytes;
        private int lostBytes;

        Entries(BlockReader in) {
            this.in = in;
        }

        boolean next() {
            in.skip((long) gainedBytes + lostBytes);
            if (!in.hasRemaining()) {
                return false;
            }
            long gap = in.varint();
            if (gap < 0 || gap > MOST_DATASET - dataset) {
                throw file.corrupt("dataset beyond 2^32 at %d".formatted(in.position()));
            }
            dataset += gap;
            slice = in.varint(MOST_SLICE);
            key = SliceChange.key((int) dataset, slice);
            gainedBytes = in.varint(BlockTreeWriter.MAX_BLOCK_BYTES);
            lostBytes = in.varint(BlockTreeWriter.MAX_BLOCK_BYTES);
            in.need((long) gainedBytes + lostBytes);
            return true;
        }

        SliceChange read() {
            BlockReader bitmaps = in.fork();
            return new SliceChange(
                    (int) dataset,
                    slice,
                    PortableBitmap.read(file, bitmaps.buffer(gainedBytes), slice),
                    PortableBitmap.read(file, bitmaps.buffer(lostBytes), slice));
        }
    }
}
