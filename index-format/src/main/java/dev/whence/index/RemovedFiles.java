package dev.whence.index;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Reads the removed files of {@code files}. Thread-safe. */
final class RemovedFiles {

    private final MappedFile file;
    private final BlockTree tree;

    RemovedFiles(MappedFile file) throws IOException {
        this.file = file;
        this.tree = new BlockTree(file, file.payload(), FilesWriter.REMOVED_FACTS);
        if (tree.fact(0) < 0 || tree.fact(0) > tree.bytes()) {
            throw new CorruptIndexFileException(
                    file.name(), "added files of %d bytes".formatted(tree.fact(0)));
        }
    }

    /** Where the tree of the added files ends in the payload. */
    long addedBytes() {
        return tree.fact(0);
    }

    /** How many files are removed, as the file says. */
    long files() {
        return tree.fact(1);
    }

    boolean contains(long fileId) {
        int block = tree.floor(fileId);
        if (block < 0) {
            return false;
        }
        BlockReader in = tree.block(block);
        long at = 0;
        while (in.hasRemaining()) {
            at += in.varint();
            if (Long.compareUnsigned(at, fileId) >= 0) {
                return at == fileId;
            }
            in.varint();
        }
        return false;
    }

    RemovalCursor cursor() {
        return new Cursor();
    }

    private final class Cursor implements RemovalCursor {
        private BlockReader in = new BlockReader(file, MemorySegment.NULL, 0, 0);
        private int nextBlock;
        private long fileId;
        private int datasetId;

        @Override
        public boolean next() {
            if (!in.hasRemaining()) {
                if (nextBlock == tree.blocks()) {
                    return false;
                }
                in = tree.block(nextBlock++);
                fileId = 0;
            }
            fileId += in.varint();
            datasetId = (int) in.varint();
            return true;
        }

        @Override
        public long fileId() {
            return fileId;
        }

        @Override
        public int datasetId() {
            return datasetId;
        }
    }
}
