package dev.whence.index;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Reads the removed files of {@code files}. Thread-safe. */
final class RemovedFiles {

    private final MappedFile file;
    private final BlockTree tree;
    private final boolean countsTails;

    RemovedFiles(MappedFile file) throws IOException {
        this.file = file;
        this.countsTails = file.envelope().version() >= FilesWriter.TAILS_SINCE;
        this.tree =
                new BlockTree(
                        file,
                        file.payload(),
                        countsTails
                                ? FilesWriter.REMOVED_FACTS
                                : FilesWriter.REMOVED_FACTS_BEFORE_TAILS);
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

    /** How many of the added files have a tail, as the file says; none before there were any. */
    long tails() {
        return countsTails ? tree.fact(2) : 0;
    }

    boolean contains(long fileId) {
        BlockTree.Block found = tree.floor(fileId);
        if (found == null) {
            return false;
        }
        BlockReader in = found.in();
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
