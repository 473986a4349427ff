package dev.whence.store;

import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.RetryableException;

/**
 * The CRC32C of an object that was put from memory, which goes with it as metadata and is compared
 * whenever it is read whole. Blocks and URL files carry checksums of their own; the small objects
 * that say what is true, as JSON, have none but this. An object without one (other programs put it,
 * or an older Whence) is taken as it comes.
 */
final class S3Checksum {
    static final String NAME = "whence-crc32c";

    private S3Checksum() {}

    /** As it is written: eight hex digits. */
    static String of(byte[] content) {
        var crc = new CRC32C();
        crc.update(content);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /**
     * Compares what came with what was put.
     *
     * @throws RetryableException if they differ: what broke on the way may come whole when it is
     *     asked for again
     */
    static void requireWhole(String key, Map<String, String> metadata, byte[] content) {
        @Nullable String expected = metadata.get(NAME);
        if (expected == null) {
            return;
        }
        String found = of(content);
        if (!found.equals(expected)) {
            throw RetryableException.create(
                    "%s was put with CRC32C %s and came with %s: it broke on the way, or lies broken in the store and must be restored"
                            .formatted(key, expected, found));
        }
    }
}
