package dev.whence.index;

import java.io.IOException;
import java.util.List;

/** Version 1: the ordinal of each rank, then the rank of each ordinal, as {@link PackedInts}. */
final class TabledOrdinals implements Ordinals {

    private final MappedFile file;
    private final BlockTree tree;
    private final int domains;
    private final int width;

    TabledOrdinals(MappedFile file, int domains) throws IOException {
        this.file = file;
        this.tree = new BlockTree(file, file.payload(), OrdinalsWriter.FACTS);
        this.domains = domains;
        this.width = PackedInts.width(domains);
        if (tree.fact(0) != domains || tree.blocks() != 2L * PackedInts.blocks(domains)) {
            throw new CorruptIndexFileException(
                    file.name(),
                    "%d domains expected, found %d in %d blocks"
                            .formatted(domains, tree.fact(0), tree.blocks()));
        }
    }

    @Override
    public MappedFile file() {
        return file;
    }

    @Override
    public int ordinalOf(int rank) {
        return value(0, rank);
    }

    @Override
    public int rankOf(int ordinal) {
        return value(PackedInts.blocks(domains), ordinal);
    }

    /** What it was merged of is not known. */
    @Override
    public List<OrdinalRun> runs() {
        return List.of();
    }

    private int value(int firstBlock, int index) {
        int value = PackedInts.get(tree, firstBlock, index, width);
        if (value < 0 || value >= domains) {
            throw file.corrupt("%d among %d ordinals".formatted(value, domains));
        }
        return value;
    }
}
