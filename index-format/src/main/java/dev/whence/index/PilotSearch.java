package dev.whence.index;

import java.util.Arrays;

/**
 * Finds a pilot for each bucket of a shard, so that no two keys have one slot. A bucket that no
 * pilot fits takes the place of others, at the least cost, and those are placed again: as in
 * PtrHash (Groot Koerkamp, SEA 2025). Keys whose hash another key has too are left out.
 */
final class PilotSearch {

    private static final int FREE = -1;

    /** Buckets placed last are not moved again at once, or two could change places for ever. */
    private static final int RECENT = 16;

    /** Moves for each bucket, on average, after which the seed is given up. */
    private static final int MOST_MOVES = 20;

    /** The first buckets of large shards have some 900; more are not the work of chance. */
    private static final int MOST_BUCKET_KEYS = 4096;

    private final HashShape shape;
    private final long[] mixed;

    /** Keys by bucket: those of bucket {@code b} are {@code order[starts[b], starts[b + 1])}. */
    private final int[] starts;

    private final int[] order;
    private final int[] sizes;
    private final byte[] pilots;

    /** By slot: the bucket that has it. */
    private final int[] owners;

    private final int[] recent = new int[RECENT];
    private int nextRecent;

    /** Buckets that wait, by size. */
    private final IntStack[] waiting;

    private final int[] places;
    private final int largest;
    private int leftOut;

    PilotSearch(HashShape shape, long[] hashes) {
        this.shape = shape;
        this.mixed = new long[hashes.length];
        this.starts = new int[shape.buckets() + 1];
        this.order = new int[hashes.length];
        this.pilots = new byte[shape.buckets()];
        this.owners = new int[shape.slots()];
        Arrays.fill(owners, FREE);
        Arrays.fill(recent, FREE);
        this.sizes = new int[shape.buckets()];
        sortByBucket(hashes);
        this.largest = leaveOutEqualHashes();
        this.places = new int[largest];
        this.waiting = new IntStack[largest + 1];
        Arrays.setAll(waiting, _ -> new IntStack());
    }

    /** False if the seed and size of the shape do not do. */
    boolean run() {
        if (largest > MOST_BUCKET_KEYS) {
            return false;
        }
        for (int bucket = 0; bucket < sizes.length; bucket++) {
            waiting[sizes[bucket]].push(bucket);
        }
        long moves = (long) MOST_MOVES * (sizes.length + 1);
        for (int size = waiting.length - 1; size > 0; ) {
            if (waiting[size].isEmpty()) {
                size--;
                continue;
            }
            int bucket = waiting[size].pop();
            if (!placeFreely(bucket)) {
                if (moves-- == 0 || !placeAtCost(bucket)) {
                    return false;
                }
                size = waiting.length - 1;
            }
        }
        return true;
    }

    byte[] pilots() {
        return pilots;
    }

    /** How many keys have a hash that another has too, and no slot. */
    int leftOut() {
        return leftOut;
    }

    /** The slot of each key, by bucket. */
    interface Placed {
        void at(int slot, long mixed, int key);
    }

    void forEach(Placed placed) {
        for (int bucket = 0; bucket < sizes.length; bucket++) {
            for (int i = starts[bucket]; i < starts[bucket] + sizes[bucket]; i++) {
                long key = mixed[order[i]];
                placed.at(shape.slot(key, pilots[bucket] & 0xFF), key, order[i]);
            }
        }
    }

    private void sortByBucket(long[] hashes) {
        for (int i = 0; i < hashes.length; i++) {
            mixed[i] = shape.mixed(hashes[i]);
            starts[shape.bucket(mixed[i]) + 1]++;
        }
        for (int bucket = 0; bucket < sizes.length; bucket++) {
            starts[bucket + 1] += starts[bucket];
        }
        for (int i = 0; i < hashes.length; i++) {
            int bucket = shape.bucket(mixed[i]);
            order[starts[bucket] + sizes[bucket]++] = i;
        }
    }

    /** Returns the size of the largest bucket. */
    private int leaveOutEqualHashes() {
        int most = 0;
        for (int bucket = 0; bucket < sizes.length; bucket++) {
            int start = starts[bucket];
            int kept = 0;
            for (int i = 0; i < sizes[bucket] && kept <= MOST_BUCKET_KEYS; i++) {
                int key = order[start + i];
                if (stands(mixed[key], start, start + kept)) {
                    leftOut++;
                } else {
                    order[start + kept++] = key;
                }
            }
            sizes[bucket] = kept;
            most = Math.max(most, kept);
        }
        return most;
    }

    private boolean stands(long key, int from, int to) {
        for (int i = from; i < to; i++) {
            if (mixed[order[i]] == key) {
                return true;
            }
        }
        return false;
    }

    private boolean placeFreely(int bucket) {
        for (int pilot = 0; pilot < HashShape.PILOTS; pilot++) {
            if (isFree(bucket, pilot)) {
                take(bucket, pilot);
                return true;
            }
        }
        return false;
    }

    private boolean isFree(int bucket, int pilot) {
        int start = starts[bucket];
        int size = sizes[bucket];
        for (int i = 0; i < size; i++) {
            int slot = shape.slot(mixed[order[start + i]], pilot);
            if (owners[slot] != FREE) {
                return false;
            }
            places[i] = slot;
        }
        return areDistinct(size);
    }

    private boolean areDistinct(int size) {
        for (int i = 1; i < size; i++) {
            for (int j = 0; j < i; j++) {
                if (places[i] == places[j]) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Takes the slots whose owners are smallest, and lets those wait again. */
    private boolean placeAtCost(int bucket) {
        long least = Long.MAX_VALUE;
        int best = FREE;
        // Not always the same first: else equal costs would send the same buckets round and round.
        int first = nextRecent * 37;
        for (int i = 0; i < HashShape.PILOTS; i++) {
            int pilot = (first + i) % HashShape.PILOTS;
            long cost = cost(bucket, pilot, least);
            if (cost < least) {
                least = cost;
                best = pilot;
            }
        }
        if (best == FREE) {
            return false;
        }
        for (int i = starts[bucket]; i < starts[bucket] + sizes[bucket]; i++) {
            int owner = owners[shape.slot(mixed[order[i]], best)];
            if (owner != FREE) {
                leave(owner);
                waiting[sizes[owner]].push(owner);
            }
        }
        take(bucket, best);
        recent[nextRecent++ % RECENT] = bucket;
        return true;
    }

    /** The squares of the sizes of the buckets that would have to go; {@code bound} if above. */
    private long cost(int bucket, int pilot, long bound) {
        long cost = 0;
        int size = sizes[bucket];
        for (int i = 0; i < size; i++) {
            int slot = shape.slot(mixed[order[starts[bucket] + i]], pilot);
            int owner = owners[slot];
            if (owner != FREE) {
                if (isRecent(owner)) {
                    return bound;
                }
                cost += (long) sizes[owner] * sizes[owner];
                if (cost >= bound) {
                    return bound;
                }
            }
            places[i] = slot;
        }
        return areDistinct(size) ? cost : bound;
    }

    private boolean isRecent(int bucket) {
        for (int other : recent) {
            if (other == bucket) {
                return true;
            }
        }
        return false;
    }

    private void take(int bucket, int pilot) {
        pilots[bucket] = (byte) pilot;
        own(bucket, bucket);
    }

    private void leave(int bucket) {
        own(bucket, FREE);
    }

    private void own(int bucket, int owner) {
        int pilot = pilots[bucket] & 0xFF;
        for (int i = starts[bucket]; i < starts[bucket] + sizes[bucket]; i++) {
            owners[shape.slot(mixed[order[i]], pilot)] = owner;
        }
    }

    private static final class IntStack {
        private int[] values = new int[4];
        private int size;

        boolean isEmpty() {
            return size == 0;
        }

        void push(int value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }

        int pop() {
            return values[--size];
        }
    }
}
