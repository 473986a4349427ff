package dev.whence.index;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Reads the added files of {@code files}. Thread-safe. */
final class AddedFiles {

    private final MappedFile file;
    private final BlockTree tree;

    AddedFiles(MappedFile file, MemorySegment region) throws IOException {
        this.file = file;
        this.tree = new BlockTree(file, region, FilesWriter.ADDED_FACTS);
    }

    /** How many files are added, as the file says. */
    long files() {
        return tree.fact(0);
    }

    /** The least dataset id (as an unsigned number) that has files here and is not below. */
    OptionalLong nextDataset(long datasetId) {
        int block = tree.ceiling(datasetId << Integer.SIZE);
        if (block == tree.blocks()) {
            return OptionalLong.empty();
        }
        long next = tree.key(block) >>> Integer.SIZE;
        if (next < datasetId) {
            throw file.corrupt("block %d is out of order".formatted(block));
        }
        return OptionalLong.of(next);
    }

    /** A dataset's files, by first domain. */
    void ofDataset(int datasetId, Consumer<LakeFile> files) {
        int block = tree.ceiling(FilesWriter.firstKey(datasetId));
        for (; block < tree.blocks(); block++) {
            BlockReader in = tree.block(block);
            if (readDataset(in) != datasetId) {
                return;
            }
            FileEntry.readDomain(in);
            while (in.hasRemaining()) {
                files.accept(FileEntry.read(FileEntry.next(in), datasetId));
            }
        }
    }

    /** A dataset's files of which a row group's bounds hold the domain. */
    void thatMayHold(int datasetId, DomainKey domain, Consumer<LakeFile> files) {
        int block = tree.floor(FilesWriter.key(datasetId, domain));
        for (; block >= 0; block--) {
            BlockReader in = tree.block(block);
            if (readDataset(in) != datasetId || FileEntry.compareDomain(in, domain) < 0) {
                return;
            }
            while (in.hasRemaining()) {
                BlockReader entry = FileEntry.next(in);
                if (FileEntry.mayHold(entry.fork(), domain)) {
                    files.accept(FileEntry.read(entry, datasetId));
                }
            }
        }
    }

    Cursor cursor() {
        return new Cursor();
    }

    private int readDataset(BlockReader in) {
        long datasetId = in.varint();
        if (datasetId < 0 || datasetId > 0xFFFF_FFFFL) {
            throw file.corrupt("dataset beyond 2^32 at %d".formatted(in.position()));
        }
        return (int) datasetId;
    }

    /** A place among all added files, in order. Not thread-safe. */
    final class Cursor {
        private BlockReader in = new BlockReader(file, file.payload(), 0, 0);
        private int nextBlock;
        private int datasetId;
        private String reach = "";
        private LakeFile current = new LakeFile(0, 0, "", 0, List.of());

        /** Moves to the next file; false at the end. */
        boolean next() {
            if (!in.hasRemaining()) {
                if (nextBlock == tree.blocks()) {
                    return false;
                }
                in = tree.block(nextBlock++);
                datasetId = readDataset(in);
                reach = FileEntry.readDomain(in);
            }
            current = FileEntry.read(FileEntry.next(in), datasetId);
            return true;
        }

        LakeFile file() {
            return current;
        }

        /** The reach of the current file's block. */
        String reach() {
            return reach;
        }
    }
}
