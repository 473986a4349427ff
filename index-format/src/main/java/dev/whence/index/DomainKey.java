package dev.whence.index;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.whence.url.Fingerprint;
import java.util.Arrays;
import java.util.Optional;

/**
 * A domain as the index orders it: its ASCII bytes, 1 to 255 of them. {@link #prefix()}, the first
 * eight bytes as a big-endian number (zeros after the end), orders most domains already.
 */
final class DomainKey implements Comparable<DomainKey> {

    /** What a byte counts; no canonical host is as long ({@code UrlCanonicalizer}). */
    static final int MAX_BYTES = 255;

    private final byte[] bytes;

    /**
     * @param bytes kept, not copied
     */
    DomainKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** A key to look up; none for a string that no index can hold. */
    static Optional<DomainKey> find(String domain) {
        byte[] bytes = domain.getBytes(ISO_8859_1);
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            return Optional.empty();
        }
        for (int i = 0; i < bytes.length; i++) {
            // What is beyond Latin-1 became a question mark.
            if (bytes[i] < 0 || (bytes[i] == '?' && domain.charAt(i) != '?')) {
                return Optional.empty();
            }
        }
        return Optional.of(new DomainKey(bytes));
    }

    static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    /** A key to write. */
    static DomainKey of(String domain) {
        return find(domain)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "A domain is 1 to %d bytes of ASCII: %s"
                                        .formatted(MAX_BYTES, domain)));
    }

    /** What the filter and the perfect hash know of the domain: XXH3-64. */
    long hash() {
        return Fingerprint.of(bytes, 0, bytes.length);
    }

    boolean beginsWith(DomainKey prefix) {
        return bytes.length >= prefix.bytes.length
                && Arrays.mismatch(
                                bytes, 0, prefix.bytes.length, prefix.bytes, 0, prefix.bytes.length)
                        < 0;
    }

    /** The least key that is above all that begin with this one; none above the last. */
    Optional<DomainKey> successor() {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == Byte.MAX_VALUE) {
            length--;
        }
        if (length == 0) {
            return Optional.empty();
        }
        byte[] next = Arrays.copyOf(bytes, length);
        next[length - 1]++;
        return Optional.of(new DomainKey(next));
    }

    long prefix() {
        return prefix(bytes, bytes.length);
    }

    static long prefix(byte[] bytes, int length) {
        long prefix = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            prefix = prefix << Byte.SIZE | (i < length ? bytes[i] & 0xFF : 0);
        }
        return prefix;
    }

    @Override
    public int compareTo(DomainKey other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DomainKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return new String(bytes, ISO_8859_1);
    }
}
