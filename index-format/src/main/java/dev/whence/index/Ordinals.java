package dev.whence.index;

import java.io.IOException;

/**
 * Reads {@code ordinals}. Both directions count from the generation's first ordinal. Thread-safe.
 */
final class Ordinals {

    private final MappedFile file;
    private final BlockTree tree;
    private final int domains;
    private final int width;
    private final int blocksInDirection;

    Ordinals(MappedFile file, int domains) throws IOException {
        this.file = file;
        this.tree = new BlockTree(file, file.payload(), OrdinalsWriter.FACTS);
        this.domains = domains;
        this.width = OrdinalsWriter.width(domains);
        this.blocksInDirection =
                (int) ((domains + OrdinalsWriter.BLOCK_VALUES - 1L) / OrdinalsWriter.BLOCK_VALUES);
        if (tree.fact(0) != domains || tree.blocks() != 2L * blocksInDirection) {
            throw new CorruptIndexFileException(
                    file.name(),
                    "%d domains expected, found %d in %d blocks"
                            .formatted(domains, tree.fact(0), tree.blocks()));
        }
    }

    MappedFile file() {
        return file;
    }

    int ordinalOf(int rank) {
        return value(0, rank);
    }

    int rankOf(int ordinal) {
        return value(blocksInDirection, ordinal);
    }

    private int value(int firstBlock, int index) {
        BlockReader in = tree.block(firstBlock + index / OrdinalsWriter.BLOCK_VALUES);
        long bit = (long) (index % OrdinalsWriter.BLOCK_VALUES) * width;
        in.skip(bit / Byte.SIZE);
        int value = (int) (in.u64() >>> (bit % Byte.SIZE) & ((1L << width) - 1));
        if (value < 0 || value >= domains) {
            throw file.corrupt("%d among %d ordinals".formatted(value, domains));
        }
        return value;
    }
}
