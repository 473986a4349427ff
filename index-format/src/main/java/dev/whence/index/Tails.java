package dev.whence.index;

import java.io.IOException;
import java.util.Optional;

/** Reads {@code tails}. Thread-safe. */
final class Tails {

    private final MappedFile file;
    private final BlockTree tree;

    Tails(MappedFile file) throws IOException {
        this.file = file;
        this.tree = new BlockTree(file, file.payload(), 0);
    }

    MappedFile file() {
        return file;
    }

    /** How many there are, as the file says. */
    int tails() {
        return tree.blocks();
    }

    /** A file's tail, verified; empty if there is none. */
    Optional<byte[]> of(long fileId) {
        BlockTree.Block found = tree.floor(fileId);
        return found == null || found.key() != fileId
                ? Optional.empty()
                : Optional.of(read(found.in()));
    }

    Cursor cursor() {
        return new Cursor();
    }

    private static byte[] read(BlockReader in) {
        return in.toArray(FileTail.MOST_BYTES);
    }

    /** A place among all tails, ascending by file id. Not thread-safe. */
    final class Cursor {
        private int next;
        private long fileId = -1;

        /** Moves to the next tail, without reading it; false at the end. */
        boolean next() {
            if (next == tree.blocks()) {
                return false;
            }
            long id = tree.key(next);
            if (id <= fileId) {
                throw file.corrupt("the tail of file %d is out of order".formatted(id));
            }
            fileId = id;
            next++;
            return true;
        }

        long fileId() {
            return fileId;
        }

        byte[] tail() {
            return read(tree.block(next - 1));
        }
    }
}
