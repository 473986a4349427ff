package dev.whence.merge.rows;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Finds a source row by its key: an open-addressed table of hashes and row numbers on scratch disk,
 * at most half full. Equal hashes are confirmed by the caller on the keys themselves. Thread-safe
 * once it is filled.
 */
final class KeyTable {
    private static final Hasher64 HASHER = Hashing.xxh3_64();
    private static final long SLOT_BYTES = 16;

    private final MemorySegment slots;
    private final long mask;

    /** Says whether a row's key is the one that is looked for. */
    interface Confirmation {
        boolean isKeyOf(int row);
    }

    KeyTable(int rows, ScratchFile file, Arena arena) throws IOException {
        long capacity = Math.max(2, Long.highestOneBit(Math.max(1, rows)) * 4);
        this.mask = capacity - 1;
        this.slots = file.mapZeros(capacity * SLOT_BYTES, arena);
    }

    static long hash(byte[] key, int from, int length) {
        return HASHER.hashBytesToLong(key, from, length);
    }

    /** The row of a key, or -1. */
    int find(long hash, Confirmation confirmation) {
        long slot = slot(hash, confirmation);
        return row(slot);
    }

    /** Makes a row the one of its key; returns the row that was, or -1. */
    int put(long hash, int row, Confirmation confirmation) {
        long slot = slot(hash, confirmation);
        int before = row(slot);
        set(slot, hash, row);
        return before;
    }

    private void set(long slot, long hash, int row) {
        slots.set(JAVA_LONG, slot * SLOT_BYTES, hash);
        slots.set(JAVA_INT, slot * SLOT_BYTES + 8, row + 1);
    }

    private int row(long slot) {
        return slots.get(JAVA_INT, slot * SLOT_BYTES + 8) - 1;
    }

    /** The slot that holds the key, or the free one where it would go. */
    private long slot(long hash, Confirmation confirmation) {
        long slot = hash & mask;
        for (int row = row(slot); row >= 0; row = row(slot)) {
            if (slots.get(JAVA_LONG, slot * SLOT_BYTES) == hash && confirmation.isKeyOf(row)) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
