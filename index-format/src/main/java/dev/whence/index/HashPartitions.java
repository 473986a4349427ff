package dev.whence.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The hashes of a generation's domains, each with its rank, parted by their highest bits as they
 * come: what the filter and the perfect hash are built from, shard by shard. Holds at most 48 MiB;
 * what is beyond goes to a scratch file of 12 bytes a domain, which is deleted when this is closed.
 *
 * <p>One thread adds; after that, any number may read.
 */
final class HashPartitions implements AutoCloseable {

    /** The most bits that shards can be parted by. */
    static final int BITS = 10;

    private static final int PARTITIONS = 1 << BITS;
    private static final int CHUNK_KEYS = HashScratch.CHUNK_KEYS;

    private final HashScratch scratch;
    private final Partition[] partitions = new Partition[PARTITIONS];
    private long count;

    HashPartitions(Path directory) {
        scratch = new HashScratch(directory);
        Arrays.setAll(partitions, _ -> new Partition());
    }

    void add(long hash, int rank) throws IOException {
        Partition partition = partitions[(int) (hash >>> (Long.SIZE - BITS))];
        if (partition.held == CHUNK_KEYS) {
            partition.spilledTo(scratch.write(partition.hashes, partition.ranks));
        }
        partition.add(hash, rank);
        count++;
    }

    long count() {
        return count;
    }

    /** How many bits part the hashes into shards of about so many keys at most. */
    int shardBits(int keys) {
        int bits = 0;
        while (bits < BITS && count >>> bits > keys) {
            bits++;
        }
        return bits;
    }

    /** The keys of the largest of {@code 2^bits} shards. */
    long largestShard(int bits) {
        long largest = 0;
        for (int shard = 0; shard < 1 << bits; shard++) {
            largest = Math.max(largest, shardKeys(bits, shard));
        }
        return largest;
    }

    /** The keys whose highest {@code bits} bits are {@code shard}. */
    ShardKeys shard(int bits, int shard) throws IOException {
        ShardKeys keys = new ShardKeys(Math.toIntExact(shardKeys(bits, shard)));
        int at = 0;
        for (int i = first(bits, shard); i < first(bits, shard + 1); i++) {
            Partition partition = partitions[i];
            for (int chunk = 0; chunk < partition.spilled; chunk++) {
                scratch.read(partition.chunks[chunk], keys, at);
                at += CHUNK_KEYS;
            }
            System.arraycopy(partition.hashes, 0, keys.hashes, at, partition.held);
            System.arraycopy(partition.ranks, 0, keys.ranks, at, partition.held);
            at += partition.held;
        }
        return keys;
    }

    @Override
    public void close() throws IOException {
        scratch.close();
    }

    private long shardKeys(int bits, int shard) {
        long keys = 0;
        for (int i = first(bits, shard); i < first(bits, shard + 1); i++) {
            keys += (long) partitions[i].spilled * CHUNK_KEYS + partitions[i].held;
        }
        return keys;
    }

    private static int first(int bits, int shard) {
        return shard << (BITS - bits);
    }

    /** The keys of one value of the highest bits: those in memory, and where the others went. */
    private static final class Partition {
        private long[] hashes = {};
        private int[] ranks = {};
        private int held;
        private int[] chunks = {};
        private int spilled;

        void add(long hash, int rank) {
            if (held == hashes.length) {
                int capacity = Math.clamp(held * 2L, 8, CHUNK_KEYS);
                hashes = Arrays.copyOf(hashes, capacity);
                ranks = Arrays.copyOf(ranks, capacity);
            }
            hashes[held] = hash;
            ranks[held++] = rank;
        }

        void spilledTo(int chunk) {
            if (spilled == chunks.length) {
                chunks = Arrays.copyOf(chunks, Math.max(8, spilled * 2));
            }
            chunks[spilled++] = chunk;
            held = 0;
        }
    }
}
