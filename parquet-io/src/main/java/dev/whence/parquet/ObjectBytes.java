package dev.whence.parquet;

import dev.whence.parquet.FooterSeal.Region;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStoreException;
import java.util.Arrays;

/**
 * The bytes of an object: its end from memory, where it was read before, the rest from the store.
 * Thread-safe.
 */
public final class ObjectBytes {
    private static final byte[] NOTHING = {};

    private final ObjectStore store;
    private final String key;
    private final long tailOffset;
    private volatile byte[] tail;

    /** All of it from the store. */
    public ObjectBytes(ObjectStore store, String key) {
        this(store, key, Long.MAX_VALUE, NOTHING);
    }

    /**
     * @param tail the object from {@code tailOffset} to its end; not copied
     */
    public ObjectBytes(ObjectStore store, String key, long tailOffset, byte[] tail) {
        this.store = store;
        this.key = key;
        this.tailOffset = tailOffset;
        this.tail = tail;
    }

    public String key() {
        return key;
    }

    /** Bytes that are held in memory. */
    public int tailBytes() {
        return tail.length;
    }

    /** Whether a region is in memory. */
    public boolean holds(Region region) {
        return holds(tail, region);
    }

    private boolean holds(byte[] held, Region region) {
        return region.offset() >= tailOffset
                && region.offset() + region.bytes() <= tailOffset + held.length;
    }

    /**
     * Lets go of what is in memory: it turned out to be damaged, and what broke on the way to here
     * is whole in the store. From now on all comes from there.
     */
    public void forget() {
        tail = NOTHING;
    }

    /** A region's bytes. */
    public byte[] read(Region region) throws ObjectStoreException {
        byte[] held = tail;
        if (holds(held, region)) {
            int from = (int) (region.offset() - tailOffset);
            return Arrays.copyOfRange(held, from, from + (int) region.bytes());
        }
        return store.getRange(key, region.offset(), Math.toIntExact(region.bytes()));
    }
}
