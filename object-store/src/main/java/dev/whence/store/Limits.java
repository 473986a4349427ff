package dev.whence.store;

/** How large an object may be to be read whole into memory. */
final class Limits {
    static final int MAX_WHOLE_BYTES = 256 << 20;

    private Limits() {}

    static void requireSmall(String key, long bytes) throws ObjectStoreException {
        requireAtMost(key, bytes, MAX_WHOLE_BYTES);
    }

    static void requireAtMost(String key, long bytes, int maxBytes) throws ObjectStoreException {
        if (bytes > maxBytes) {
            throw new ObjectStoreException(
                    key,
                    "%s has %d bytes, more than the %d that are read at once: read ranges, or download it"
                            .formatted(key, bytes, maxBytes),
                    null);
        }
    }
}
