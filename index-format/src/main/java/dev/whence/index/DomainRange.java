package dev.whence.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** The domains that begin with a prefix and are above another one, by their bytes. */
final class DomainRange {

    private final byte[] prefix;
    private final byte[] after;

    /**
     * @param prefix empty for all
     * @param after empty for none
     */
    DomainRange(String prefix, String after) {
        this.prefix = prefix.getBytes(UTF_8);
        this.after = after.getBytes(UTF_8);
    }

    boolean contains(byte[] domain) {
        return isNotBelow(domain) && !isAbove(domain);
    }

    /** Whether no domain from here on is below the range. */
    boolean isNotBelow(byte[] domain) {
        return Arrays.compareUnsigned(domain, prefix) >= 0
                && Arrays.compareUnsigned(domain, after) > 0;
    }

    /** Whether the range is over. */
    boolean isAbove(byte[] domain) {
        int length = Math.min(domain.length, prefix.length);
        return Arrays.compareUnsigned(domain, 0, length, prefix, 0, prefix.length) > 0;
    }
}
