package dev.whence.url;

/**
 * XXH3-64 fingerprints of URLs and domains, and their text form of 16 lower-case hex digits
 * (JavaScript cannot hold 64 bits in a number). Stateless and thread-safe.
 */
public final class Fingerprint {
    private Fingerprint() {}

    public static long of(byte[] bytes, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    public static long of(String ascii) {
        throw new UnsupportedOperationException();
    }

    /** 16 lower-case hex digits. */
    public static String hex(long fingerprint) {
        throw new UnsupportedOperationException();
    }

    /**
     * The fingerprint that 16 hex digits write.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static long parseHex(String digits) {
        throw new UnsupportedOperationException();
    }
}
