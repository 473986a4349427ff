package dev.whence.indexer;

import dev.whence.url.Fingerprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Which of some files hold a domain, by the domain's hash: a hash table with open addressing, and
 * lists that begin there, in arrays of numbers. 24 to 48 bytes for each domain and 8 to 12 for each
 * file that holds it, as there may be millions. Two domains of one hash are taken for one, so that
 * a file may be named that does not hold the domain, and none is left out. Not thread-safe.
 */
final class FilesByHash {
    private static final int NONE = -1;

    private final List<LiveFile> files = new ArrayList<>();
    private final BitSet removed = new BitSet();

    /** The hash of each slot, and the newest entry of its list; {@link #NONE} if it is free. */
    private long[] hashes = new long[64];

    private int[] heads = filled(64);
    private int used;

    /** The file of each entry, and the next older entry of its list. */
    private int[] entryFiles = new int[64];

    private int[] older = new int[64];
    private int entries;

    void add(LiveFile file) {
        int place = files.size();
        files.add(file);
        file.counts().forEach((domain, rows) -> add(Fingerprint.of(domain), place));
    }

    /** Forgets a file; the memory that it takes stays taken. */
    void remove(LiveFile file) {
        for (int at = 0; at < files.size(); at++) {
            if (files.get(at).equals(file)) {
                removed.set(at);
            }
        }
    }

    /** Whether one of the files may hold a domain. */
    boolean anyMayHold(String domain) {
        int entry = heads[slot(Fingerprint.of(domain))];
        while (entry != NONE && removed.get(entryFiles[entry])) {
            entry = older[entry];
        }
        return entry != NONE;
    }

    /** The files that may hold a domain, in the order in which they were added. */
    List<LiveFile> mayHold(String domain) {
        var found = new ArrayList<LiveFile>();
        for (int entry = heads[slot(Fingerprint.of(domain))]; entry != NONE; entry = older[entry]) {
            if (!removed.get(entryFiles[entry])) {
                found.add(files.get(entryFiles[entry]));
            }
        }
        return found.reversed();
    }

    private void add(long hash, int file) {
        if (used * 2 >= heads.length) {
            grow();
        }
        if (entries == older.length) {
            int capacity = Math.toIntExact(entries * 3L / 2);
            entryFiles = Arrays.copyOf(entryFiles, capacity);
            older = Arrays.copyOf(older, capacity);
        }
        int slot = slot(hash);
        if (heads[slot] == NONE) {
            hashes[slot] = hash;
            used++;
        }
        entryFiles[entries] = file;
        older[entries] = heads[slot];
        heads[slot] = entries++;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldHeads = heads;
        heads = filled(Math.multiplyExact(2, oldHeads.length));
        hashes = new long[heads.length];
        for (int old = 0; old < oldHeads.length; old++) {
            if (oldHeads[old] != NONE) {
                int slot = slot(oldHashes[old]);
                hashes[slot] = oldHashes[old];
                heads[slot] = oldHeads[old];
            }
        }
    }

    /** The slot of a hash, or the free one that it would have. */
    private int slot(long hash) {
        int slot = (int) hash & (heads.length - 1);
        while (heads[slot] != NONE && hashes[slot] != hash) {
            slot = (slot + 1) & (heads.length - 1);
        }
        return slot;
    }

    private static int[] filled(int slots) {
        int[] heads = new int[slots];
        Arrays.fill(heads, NONE);
        return heads;
    }
}
