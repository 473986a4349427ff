package dev.whence.index;

import java.util.Arrays;

/**
 * A block of the dictionary, copied to the heap and read from there: its domains are front-coded,
 * so that each is read after those before it. Not thread-safe.
 */
final class DomainBlock {

    /** Token and rests of both lengths, and every byte of the longest domain escaped. */
    static final int MOST_BYTES =
            DictionaryWriter.BLOCK_DOMAINS * (1 + 5 + 5 + DictionaryWriter.MOST_CODED_BYTES);

    private static final int PLACE = (1 << SuffixCode.ORDER_BITS) - 1;
    private static final int HALF = DictionaryWriter.HALF;

    /** A token whose lengths do not fit. */
    private static final int LONG_ENTRY = HALF << 4 | HALF;

    private final MappedFile file;
    private final SuffixCode code;
    private final byte[] bytes;
    private final int domains;

    /** Version 1: what is left of a length that does not fit its half of the token is one byte. */
    private final boolean plainLengths;

    /** Where the entry begins that comes next; after {@link #readEntry()}, where its code does. */
    private int at;

    private int shared;
    private int coded;

    /**
     * @param domains that the block has
     */
    DomainBlock(MappedFile file, BlockReader in, SuffixCode code, int domains) {
        this.plainLengths = file.envelope().version() == 1;
        this.file = file;
        this.code = code;
        this.bytes = in.toArray(MOST_BYTES);
        this.domains = domains;
    }

    /**
     * The place of a domain in the block, from 0; if it is not there, the complement ({@code ~}) of
     * how many of the block are below.
     *
     * <p>No string is built: {@code matched} bytes of the wanted domain equal those of the entry
     * before, which is known to be below it. An entry that shares more than that is below too, one
     * that shares less is above, and only one that shares exactly that much is decoded and
     * compared.
     */
    int search(DomainKey domain) {
        int length = domain.bytes().length;
        byte[] wanted = Arrays.copyOf(domain.bytes(), length + Long.BYTES);
        int matched = 0;
        int start = 0;
        for (int slot = 0; slot < domains; slot++) {
            int token = start < bytes.length ? bytes[start] & 0xFF : LONG_ENTRY;
            int before = token >>> 4;
            int end = start + 2 + (token & HALF);
            start++;
            if (before == HALF || (token & HALF) == HALF) {
                at = start - 1;
                readEntry();
                before = shared;
                start = at;
                end = at + coded;
            }
            if (before < matched) {
                return ~slot;
            }
            if (end > bytes.length) {
                throw corrupt("ends at %d of %d bytes".formatted(end, bytes.length));
            }
            if (before == matched) {
                int place = code.compare(this, start, end, wanted, length, matched);
                if ((place & PLACE) != SuffixCode.BELOW) {
                    return (place & PLACE) == SuffixCode.EQUAL ? slot : ~slot;
                }
                matched += place >>> SuffixCode.ORDER_BITS;
            }
            start = end;
        }
        return ~domains;
    }

    /**
     * The domain at a place. Only those entries are decoded that it has bytes from: the last before
     * it that shares less, the last before that, and so on. {@link #next} goes on behind it.
     */
    byte[] domain(int slot) {
        int[] starts = new int[slot + 1];
        int[] shares = new int[slot + 1];
        int[] lengths = new int[slot + 1];
        at = 0;
        for (int i = 0; i <= slot; i++) {
            readEntry();
            starts[i] = at;
            shares[i] = shared;
            lengths[i] = coded;
            at += coded;
        }
        byte[] domain = new byte[DomainKey.MAX_BYTES + Long.BYTES];
        byte[] suffix = new byte[DomainKey.MAX_BYTES + Long.BYTES];
        int length = decode(starts[slot], lengths[slot], domain, shares[slot]);
        int missing = shares[slot];
        for (int i = slot - 1; missing > 0; i--) {
            if (i < 0) {
                throw corrupt("%d bytes shared with nothing".formatted(missing));
            }
            if (shares[i] < missing) {
                int end = decode(starts[i], lengths[i], suffix, shares[i]);
                if (end < missing) {
                    throw corrupt("%d bytes shared of %d".formatted(missing, end));
                }
                System.arraycopy(suffix, shares[i], domain, shares[i], missing - shares[i]);
                missing = shares[i];
            }
        }
        return Arrays.copyOf(domain, length);
    }

    /**
     * Decodes the next entry over the one before.
     *
     * @param domain the domain before, of {@code length} bytes, with room for a symbol more
     * @return the length of the domain
     */
    int next(byte[] domain, int length) {
        readEntry();
        if (shared > length) {
            throw corrupt("%d bytes shared of %d".formatted(shared, length));
        }
        int start = at;
        at += coded;
        return decode(start, coded, domain, shared);
    }

    byte[] bytes() {
        return bytes;
    }

    RuntimeException corrupt(String problem) {
        return file.corrupt("a block of domains: " + problem);
    }

    private int decode(int start, int length, byte[] target, int from) {
        return code.decode(this, start, start + length, target, from);
    }

    private void readEntry() {
        int token = u8();
        shared = token >>> 4;
        coded = token & HALF;
        if (shared == HALF) {
            shared += rest();
        }
        if (coded == HALF) {
            coded += rest();
        }
        coded++;
        if (coded > bytes.length - at) {
            throw corrupt("%d bytes expected at %d of %d".formatted(coded, at, bytes.length));
        }
    }

    private int u8() {
        if (at == bytes.length) {
            throw corrupt("ends before its last domain");
        }
        return bytes[at++] & 0xFF;
    }

    /** A varint of two bytes at most: no length is larger. */
    private int rest() {
        int low = u8();
        if (plainLengths) {
            return low;
        }
        int value = low < 0x80 ? low : (low & 0x7F) | u8() << 7;
        if (value > DictionaryWriter.MOST_CODED_BYTES) {
            throw corrupt("a length of %d".formatted(value));
        }
        return value;
    }
}
