package dev.whence.index;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes {@code domains.mphf}: from a domain's hash to its block in the dictionary, in shards.
 *
 * <pre>
 * Block = Seed:u64 Slots:u32 Buckets:u32 LeftOut:u32 Pilot:u8[buckets] Bits[slots * (Width + 8)] 0[7]
 * Width = bits of the number of the dictionary's last block, at least 1
 * </pre>
 *
 * <p>A slot holds the block's number, in its low bits, and eight bits of the hash; see {@link
 * HashShape}. It is no more than a guess: whoever reads it compares the domain. {@code LeftOut}
 * domains have the hash of another and no slot.
 */
final class PerfectHashWriter {

    /** Small enough to be built in a processor's own cache. */
    static final int SHARD_KEYS = 1 << 18;

    /** So many are reached only by more than 2^31 domains, or those made to have hashes alike. */
    static final int MOST_SHARD_KEYS = 3 << 20;

    static final int FINGERPRINT_BITS = Byte.SIZE;
    static final int PADDING_BYTES = Long.BYTES - 1;

    private static final int ATTEMPTS = 50;

    private PerfectHashWriter() {}

    /** Whether shards of these hashes keep their bounds. */
    static boolean fits(HashPartitions hashes) {
        return hashes.largestShard(hashes.shardBits(SHARD_KEYS)) <= MOST_SHARD_KEYS;
    }

    static BlockFile write(Path directory, Envelope envelope, HashPartitions hashes, int dictionary)
            throws IOException {
        int width = width(Math.toIntExact(hashes.count()));
        return ShardWriter.write(
                directory,
                envelope,
                hashes,
                hashes.shardBits(SHARD_KEYS),
                dictionary,
                keys -> block(keys, width));
    }

    /** Bits of the number of a block of a dictionary of so many domains. */
    static int width(int domains) {
        int lastBlock = Math.max(0, domains - 1) / DictionaryWriter.BLOCK_DOMAINS;
        return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(lastBlock));
    }

    static long slotBytes(int slots, int width) {
        return ((long) slots * (width + FINGERPRINT_BITS) + Byte.SIZE - 1) / Byte.SIZE;
    }

    static BlockBuffer block(ShardKeys keys, int width) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            HashShape shape = HashShape.of(keys.count(), attempt);
            PilotSearch search = new PilotSearch(shape, keys.hashes);
            if (search.run()) {
                return block(keys, width, shape, search);
            }
        }
        throw new IllegalStateException(
                "No perfect hash of %d domains with %d seeds".formatted(keys.count(), ATTEMPTS));
    }

    private static BlockBuffer block(
            ShardKeys keys, int width, HashShape shape, PilotSearch search) {
        BlockBuffer block = new BlockBuffer();
        block.u64(shape.seed());
        block.u32(shape.slots());
        block.u32(shape.buckets());
        block.u32(search.leftOut());
        block.put(search.pilots(), 0, shape.buckets());
        long[] slots = new long[shape.slots()];
        search.forEach((slot, mixed, key) -> {
            int number = keys.ranks[key] / DictionaryWriter.BLOCK_DOMAINS;
            slots[slot] = (long) HashShape.fingerprint(mixed) << width | number;
        });
        long bits = 0;
        int bitCount = 0;
        for (long slot : slots) {
            bits |= slot << bitCount;
            bitCount += width + FINGERPRINT_BITS;
            for (; bitCount >= Byte.SIZE; bitCount -= Byte.SIZE) {
                block.u8((int) bits);
                bits >>>= Byte.SIZE;
            }
        }
        if (bitCount > 0) {
            block.u8((int) bits);
        }
        block.put(new byte[PADDING_BYTES], 0, PADDING_BYTES);
        return block;
    }
}
