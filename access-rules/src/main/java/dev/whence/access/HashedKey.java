package dev.whence.access;

import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * A key as it is stored.
 *
 * @param id the key's own, ten characters
 * @param sha256 of the whole key, in hex
 * @param since when it was given
 */
public record HashedKey(String id, String sha256, Instant since) {
    public HashedKey {
        if (!ApiKey.isId(id)) {
            throw new IllegalArgumentException(
                    "'%s' is not the id of a key, which is ten letters and digits"
                            .formatted(Texts.shown(id)));
        }
        Texts.requireHex("the hash of a key", sha256);
    }

    /** What is stored of a key. */
    public static HashedKey of(ApiKey key, Instant since) {
        return new HashedKey(
                key.id(),
                HexFormat.of().formatHex(key.hash()),
                since.truncatedTo(ChronoUnit.MILLIS));
    }

    /** Whether it is this very key, in the same time for every other one. */
    boolean isOf(ApiKey key) {
        return MessageDigest.isEqual(HexFormat.of().parseHex(sha256), key.hash());
    }

    /** Without the hash: it may come into a log. */
    @Override
    public String toString() {
        return "key " + id;
    }
}
