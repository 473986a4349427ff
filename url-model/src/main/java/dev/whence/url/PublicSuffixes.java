package dev.whence.url;

/**
 * The Public Suffix List, ICANN and private rules, as a table over bytes: where a host's
 * registrable domain begins. Immutable and thread-safe.
 */
public final class PublicSuffixes {
    private PublicSuffixes() {}

    /** The list that Whence carries, loaded once. */
    public static PublicSuffixes bundled() {
        throw new UnsupportedOperationException();
    }

    /** The list's own date, {@code yyyy-MM-dd}. */
    public String date() {
        throw new UnsupportedOperationException();
    }

    /**
     * Where the registrable domain begins in the ASCII, lower-case host name {@code bytes[from,
     * to)} (no port, no trailing dot); {@code from} itself where the host has none (it is a public
     * suffix, or has one label).
     */
    public int registrableStart(byte[] bytes, int from, int to) {
        throw new UnsupportedOperationException();
    }
}
