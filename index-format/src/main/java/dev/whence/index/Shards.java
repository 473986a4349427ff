package dev.whence.index;

import java.io.IOException;

/** Reads what {@link ShardWriter} wrote: finds a hash's shard, verified. Thread-safe. */
final class Shards {

    private final BlockTree tree;
    private final int bits;

    /**
     * @param domains of the dictionary that the file lies beside
     * @param dictionary that dictionary's checksum
     * @throws CorruptIndexFileException if the file belongs to another dictionary
     */
    Shards(MappedFile file, int domains, int dictionary) throws IOException {
        this.tree = new BlockTree(file, file.payload(), ShardWriter.FACTS);
        int shards = tree.blocks();
        this.bits = Integer.numberOfTrailingZeros(shards);
        if (Integer.bitCount(shards) != 1 || bits > HashPartitions.BITS) {
            throw new CorruptIndexFileException(
                    file.name(), "%d shards are no power of two up to 1024".formatted(shards));
        }
        long checksum = Integer.toUnsignedLong(dictionary);
        if (tree.fact(0) != domains || tree.fact(1) != checksum) {
            throw new CorruptIndexFileException(
                    file.name(),
                    "belongs to another dictionary: of %d domains and checksum %08x, not %d and %08x"
                            .formatted(tree.fact(0), tree.fact(1), domains, checksum));
        }
    }

    int count() {
        return 1 << bits;
    }

    int of(long hash) {
        return bits == 0 ? 0 : (int) (hash >>> (Long.SIZE - bits));
    }

    /** A shard's block. */
    BlockReader block(int shard) {
        return tree.block(shard);
    }
}
