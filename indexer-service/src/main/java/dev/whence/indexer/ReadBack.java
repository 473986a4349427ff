package dev.whence.indexer;

import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Reads whole objects and compares them with what they ought to be. Not all stores keep a checksum
 * that could be asked for instead, and what counts is what readers will be given. Thread-safe.
 */
final class ReadBack {
    private static final int BUFFER_BYTES = 64 << 10;

    private final ObjectStore store;

    ReadBack(ObjectStore store) {
        this.store = store;
    }

    /** What an object is, or ought to be. */
    record Expected(String key, long bytes, int crc32c) {}

    /** What is wrong with an object; empty if nothing is. */
    Optional<String> problem(Expected expected) throws IOException {
        Expected found = of(expected.key());
        if (found.equals(expected)) {
            return Optional.empty();
        }
        return Optional.of(
                "expected %d bytes of CRC32C %08x, the store has %d of %08x"
                        .formatted(
                                expected.bytes(),
                                expected.crc32c(),
                                found.bytes(),
                                found.crc32c()));
    }

    /** What an object is. */
    Expected of(String key) throws IOException {
        var crc = new CRC32C();
        long bytes = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = store.open(key)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                crc.update(buffer, 0, read);
                bytes += read;
            }
        }
        return new Expected(key, bytes, (int) crc.getValue());
    }
}
