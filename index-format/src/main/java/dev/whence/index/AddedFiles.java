package dev.whence.index;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
        for (int i = blockOf(datasetId); i < tree.blocks(); i++) {
            AddedBlock block = block(i);
            while (block.next()) {
                long found = Integer.toUnsignedLong(block.datasetId());
                if (found >= datasetId) {
                    return OptionalLong.of(found);
                }
            }
        }
        return OptionalLong.empty();
    }

    /** A dataset's files, by first domain. */
    void ofDataset(int datasetId, Consumer<LakeFile> files) {
        for (int i = blockOf(Integer.toUnsignedLong(datasetId)); i < tree.blocks(); i++) {
            AddedBlock block = block(i);
            while (block.next()) {
                int order = Integer.compareUnsigned(block.datasetId(), datasetId);
                if (order > 0) {
                    return;
                }
                if (order == 0) {
                    files.accept(block.file());
                }
            }
        }
    }

    /** A dataset's files of which a row group's bounds hold the domain. */
    void thatMayHold(int datasetId, DomainKey domain, Consumer<LakeFile> files) {
        BlockTree.Block found = tree.floor(FilesWriter.key(datasetId, domain));
        for (int i = found == null ? -1 : found.index(); i >= 0; i--) {
            AddedBlock block = block(i);
            if (!block.reaches(domain)) {
                return;
            }
            while (block.next()) {
                if (block.datasetId() == datasetId && block.mayHold(domain)) {
                    files.accept(block.file());
                }
            }
            if (!block.earlierMayHold(datasetId, domain)) {
                return;
            }
        }
    }

    /** The block with which a dataset's files begin, if it has any. */
    private int blockOf(long datasetId) {
        return Math.max(0, tree.ceiling(datasetId << Integer.SIZE) - 1);
    }

    private AddedBlock block(int index) {
        return new AddedBlock(file, tree.block(index));
    }

    Cursor cursor() {
        return new Cursor();
    }

    /** A place among all added files, in order. Not thread-safe. */
    final class Cursor {
        private @Nullable AddedBlock block;
        private int nextBlock;
        private boolean firstOfBlock;
        private LakeFile current = new LakeFile(0, 0, "", 0, List.of());

        /** Moves to the next file; false at the end. */
        boolean next() {
            firstOfBlock = false;
            while (block == null || !block.next()) {
                if (nextBlock == tree.blocks()) {
                    return false;
                }
                block = block(nextBlock++);
                firstOfBlock = true;
            }
            current = block.file();
            return true;
        }

        LakeFile file() {
            return current;
        }

        /** Whether the current file is its block's first. */
        boolean isFirstOfBlock() {
            return firstOfBlock;
        }

        /** {@link AddedBlock#isCovered} of the current file. */
        boolean isCovered(String before, String with) {
            return block != null && block.isCovered(before, with);
        }
    }
}
