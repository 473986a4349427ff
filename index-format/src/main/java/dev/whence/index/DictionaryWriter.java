package dev.whence.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/**
 * Writes {@code domains.dict}: sorted domains, front-coded in blocks of 32, and what is left of
 * each by a code of its own. A domain's place in the order is its rank; rank {@code r} stands in
 * block {@code r / 32}.
 *
 * <pre>
 * Payload = Code Tree               key: the first eight bytes of a block's first domain
 * Code    = Symbols:u8 Symbol[symbols] Crc:u32
 * Symbol  = Length:u8 Byte[length]
 * Facts   = FirstOrdinal Domains Beside
 * Block   = Domain[32]              fewer in the last
 * Domain  = Token:u8 SharedMore:varint? CodedMore:varint? Coded[coded]
 * </pre>
 *
 * <p>The token's high half is how many bytes are shared with the domain before (0 for a block's
 * first), its low half how many coded bytes follow, less one; 15 in a half says that 15 and the
 * next varint's value are meant. {@code Beside} names the generation's other files.
 */
final class DictionaryWriter implements AutoCloseable {

    static final int BLOCK_DOMAINS = 32;
    static final int FACTS = 3;

    /** Every byte escaped. */
    static final int MOST_CODED_BYTES = 2 * DomainKey.MAX_BYTES;

    /** What half a token can say. */
    static final int HALF = 15;

    private final EnvelopeWriter out;
    private final BlockTreeWriter tree;
    private final int firstOrdinal;
    private final SuffixParser parser;
    private final BlockBuffer block = new BlockBuffer();
    private byte[] last = new byte[0];
    private long blockKey;
    private int domains;

    DictionaryWriter(Path directory, Envelope envelope, int firstOrdinal, SuffixCode code)
            throws IOException {
        if (firstOrdinal < 0) {
            throw new IllegalArgumentException("First ordinal below zero: " + firstOrdinal);
        }
        this.firstOrdinal = firstOrdinal;
        this.out = new EnvelopeWriter(directory, envelope);
        this.tree = new BlockTreeWriter(out);
        this.parser = new SuffixParser(code);
        BlockBuffer head = new BlockBuffer();
        code.write(head);
        try {
            out.put(head.array(), 0, head.length());
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** The bit that says that a file of the format lies beside the dictionary. */
    static long flag(IndexFormat format) {
        return switch (format) {
            case ORDINALS -> 1;
            case FILTER -> 2;
            case HASH -> 4;
            case DOMAINS, MEMBERS, FILES, TAILS, DATASETS ->
                    throw new IllegalArgumentException("Not beside a dictionary: " + format);
        };
    }

    int domains() {
        return domains;
    }

    /** Adds a domain, above the one before; the array is kept until the next. */
    void add(byte[] domain) throws IOException {
        int shared = Math.max(0, Arrays.mismatch(last, domain));
        if (!DomainKey.isAscii(domain)) {
            throw new IllegalArgumentException("Not ASCII: " + new DomainKey(domain));
        }
        boolean ascends =
                domains == 0
                        || (shared < domain.length
                                && (shared == last.length
                                        || (last[shared] & 0xFF) < (domain[shared] & 0xFF)));
        if (!ascends || Arrays.equals(last, domain)) {
            throw new IllegalArgumentException(
                    "Domains must ascend: %s after %s"
                            .formatted(new DomainKey(domain), new DomainKey(last)));
        }
        if (firstOrdinal + (long) domains >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException("More than 2^31 - 1 ordinals");
        }
        if (domains % BLOCK_DOMAINS == 0) {
            endBlock();
            blockKey = DomainKey.prefix(domain, domain.length);
            shared = 0;
        }
        int coded = parser.parse(domain, shared, domain.length);
        block.u8(Math.min(shared, HALF) << 4 | Math.min(coded - 1, HALF));
        if (shared >= HALF) {
            block.varint(shared - HALF);
        }
        if (coded - 1 >= HALF) {
            block.varint(coded - 1 - HALF);
        }
        parser.write(domain, shared, domain.length, block);
        last = domain;
        domains++;
    }

    /**
     * @param beside the formats of the generation's other files
     */
    BlockFile finish(Set<IndexFormat> beside) throws IOException {
        endBlock();
        long flags = beside.stream().mapToLong(DictionaryWriter::flag).sum();
        tree.finish(firstOrdinal, domains, flags);
        return out.finish();
    }

    /** The finished file's checksum, by which other files name it. */
    int checksum() {
        return out.checksum();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void endBlock() throws IOException {
        if (block.length() > 0) {
            tree.block(blockKey, block);
            block.clear();
        }
    }
}
