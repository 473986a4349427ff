package dev.whence.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes {@code domains.filter}: a 3-wise binary fuse filter of 8-bit fingerprints over the
 * domains' hashes, in shards.
 *
 * <pre>
 * Block = Seed:u64 SegmentBits:u32 Segments:u32 Fingerprint:u8[slots]
 * </pre>
 *
 * <p>A hash is in the filter if the fingerprints at its three places of {@link FuseShape}, xored,
 * are its own. Nine bits a domain; one of 256 others passes.
 */
final class FuseFilterWriter {

    /** More keys make a filter no smaller, and fewer are read and checked sooner. */
    static final int SHARD_KEYS = 1 << 20;

    /** So many are reached only by domains that were made to have hashes alike. */
    static final int MOST_SHARD_KEYS = 1 << 23;

    /** The seeds that are tried; each fails less than once in a hundred times. */
    private static final int ATTEMPTS = 100;

    private FuseFilterWriter() {}

    /** Whether shards of these hashes keep their bounds. */
    static boolean fits(HashPartitions hashes) {
        return hashes.largestShard(hashes.shardBits(SHARD_KEYS)) <= MOST_SHARD_KEYS;
    }

    static BlockFile write(Path directory, Envelope envelope, HashPartitions hashes, int dictionary)
            throws IOException {
        return ShardWriter.write(
                directory,
                envelope,
                hashes,
                hashes.shardBits(SHARD_KEYS),
                dictionary,
                keys -> block(keys.hashes));
    }

    static BlockBuffer block(long[] hashes) {
        long[] keys = hashes;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            FuseShape shape = FuseShape.of(keys.length);
            long seed = Mixing.of(attempt);
            Peeling peeling = new Peeling(shape, keys, seed);
            if (peeling.succeeded()) {
                BlockBuffer block = new BlockBuffer();
                block.u64(seed);
                block.u32(shape.segmentBits());
                block.u32(shape.segments());
                byte[] fingerprints = peeling.fingerprints();
                block.put(fingerprints, 0, fingerprints.length);
                return block;
            }
            // Equal hashes never come apart: two domains may have one.
            keys = attempt == 0 ? Arrays.stream(keys).sorted().distinct().toArray() : keys;
        }
        throw new IllegalStateException(
                "No filter of %d hashes with %d seeds".formatted(keys.length, ATTEMPTS));
    }

    /** Takes away, one after the other, keys that have a slot for themselves. */
    private static final class Peeling {
        private final FuseShape shape;

        /** By slot: how many of the keys that are left use it, and all of them xored. */
        private final int[] users;

        private final long[] xored;

        /** The keys as they were taken, and the slot that each had for itself. */
        private final long[] taken;

        private final int[] slots;
        private int count;

        Peeling(FuseShape shape, long[] keys, long seed) {
            this.shape = shape;
            users = new int[(int) shape.slots()];
            xored = new long[users.length];
            taken = new long[keys.length];
            slots = new int[keys.length];
            for (long key : keys) {
                toggle(FuseShape.mixed(key, seed), 1);
            }
            int[] alone = new int[users.length];
            int waiting = 0;
            for (int slot = 0; slot < users.length; slot++) {
                alone[waiting] = slot;
                waiting += users[slot] == 1 ? 1 : 0;
            }
            while (waiting > 0) {
                int slot = alone[--waiting];
                if (users[slot] != 1) {
                    continue;
                }
                long mixed = xored[slot];
                taken[count] = mixed;
                slots[count++] = slot;
                toggle(mixed, -1);
                int first = (int) shape.first(mixed);
                waiting = push(alone, waiting, first);
                waiting = push(alone, waiting, (int) shape.second(mixed, first));
                waiting = push(alone, waiting, (int) shape.third(mixed, first));
            }
        }

        boolean succeeded() {
            return count == taken.length;
        }

        /** In the other order, each key finds its own slot not yet used by those before. */
        byte[] fingerprints() {
            byte[] fingerprints = new byte[users.length];
            for (int i = count - 1; i >= 0; i--) {
                long mixed = taken[i];
                int first = (int) shape.first(mixed);
                int second = (int) shape.second(mixed, first);
                int third = (int) shape.third(mixed, first);
                fingerprints[slots[i]] = 0;
                fingerprints[slots[i]] =
                        (byte)
                                (FuseShape.fingerprint(mixed)
                                        ^ fingerprints[first]
                                        ^ fingerprints[second]
                                        ^ fingerprints[third]);
            }
            return fingerprints;
        }

        private int push(int[] alone, int waiting, int slot) {
            if (users[slot] != 1) {
                return waiting;
            }
            alone[waiting] = slot;
            return waiting + 1;
        }

        private void toggle(long mixed, int change) {
            int first = (int) shape.first(mixed);
            toggle(first, mixed, change);
            toggle((int) shape.second(mixed, first), mixed, change);
            toggle((int) shape.third(mixed, first), mixed, change);
        }

        private void toggle(int slot, long mixed, int change) {
            users[slot] += change;
            xored[slot] ^= mixed;
        }
    }
}
