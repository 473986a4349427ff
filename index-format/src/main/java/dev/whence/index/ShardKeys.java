package dev.whence.index;

/** The hashes of a shard's domains and, at the same places, the domains' ranks; in no order. */
final class ShardKeys {
    final long[] hashes;
    final int[] ranks;

    ShardKeys(int count) {
        hashes = new long[count];
        ranks = new int[count];
    }

    int count() {
        return hashes.length;
    }
}
