package dev.whence.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes {@code domains.dict}: sorted domains, front-coded in blocks of 32. A domain's place in the
 * order is its rank; rank {@code r} stands in block {@code r / 32}.
 *
 * <pre>
 * Payload = Tree                    key: the first eight bytes of a block's first domain
 * Facts   = FirstOrdinal Domains HasOrdinals
 * Block   = Domain[32]              fewer in the last
 * Domain  = Token:u8 Shared:u8? Suffix:u8? Byte[suffix]
 * </pre>
 *
 * <p>The token's high half is how many bytes are shared with the domain before (0 for a block's
 * first), its low half how many follow, less one; 15 in a half says that 15 and the next byte's
 * value are meant.
 */
final class DictionaryWriter implements AutoCloseable {

    static final int BLOCK_DOMAINS = 32;
    static final int FACTS = 3;

    private final EnvelopeWriter out;
    private final BlockTreeWriter tree;
    private final int firstOrdinal;
    private final BlockBuffer block = new BlockBuffer();
    private byte[] last = new byte[0];
    private long blockKey;
    private int domains;

    DictionaryWriter(Path directory, Envelope envelope, int firstOrdinal) throws IOException {
        if (firstOrdinal < 0) {
            throw new IllegalArgumentException("First ordinal below zero: " + firstOrdinal);
        }
        this.firstOrdinal = firstOrdinal;
        this.out = new EnvelopeWriter(directory, envelope);
        this.tree = new BlockTreeWriter(out);
    }

    int domains() {
        return domains;
    }

    /** Adds a domain, above the one before; the array is kept until the next. */
    void add(byte[] domain) throws IOException {
        int shared = Math.max(0, Arrays.mismatch(last, domain));
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
        int suffix = domain.length - shared;
        block.u8(Math.min(shared, 15) << 4 | Math.min(suffix - 1, 15));
        if (shared >= 15) {
            block.u8(shared - 15);
        }
        if (suffix - 1 >= 15) {
            block.u8(suffix - 1 - 15);
        }
        block.put(domain, shared, suffix);
        last = domain;
        domains++;
    }

    BlockFile finish(boolean hasOrdinals) throws IOException {
        endBlock();
        tree.finish(firstOrdinal, domains, hasOrdinals ? 1 : 0);
        return out.finish();
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
