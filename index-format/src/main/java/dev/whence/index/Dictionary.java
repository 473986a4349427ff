package dev.whence.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Reads {@code domains.dict}: domain to rank, rank to domain, and all in order. Thread-safe. */
final class Dictionary {

    private static final int PLACE = (1 << SuffixCode.ORDER_BITS) - 1;

    private final MappedFile file;
    private final BlockTree tree;
    private final SuffixCode code;

    /** Version 1: the rest of a length that does not fit its half of the token is one byte. */
    private final boolean plainLengths;

    private final int firstOrdinal;
    private final int domains;

    Dictionary(MappedFile file) throws IOException {
        this.file = file;
        MemorySegment payload = file.payload();
        this.tree = new BlockTree(file, payload, DictionaryWriter.FACTS);
        this.plainLengths = file.envelope().version() == 1;
        this.code =
                plainLengths
                        ? SuffixCode.plain()
                        : readCode(new BlockReader(file, payload, 0, tree.bytes()));
        long first = tree.fact(0);
        long count = tree.fact(1);
        long blocks = (count + DictionaryWriter.BLOCK_DOMAINS - 1) / DictionaryWriter.BLOCK_DOMAINS;
        if (first < 0
                || count < 0
                || first > Integer.MAX_VALUE
                || count > Integer.MAX_VALUE - first
                || blocks != tree.blocks()) {
            throw new CorruptIndexFileException(
                    file.name(),
                    "%d domains from ordinal %d in %d blocks"
                            .formatted(count, first, tree.blocks()));
        }
        this.firstOrdinal = (int) first;
        this.domains = (int) count;
    }

    MappedFile file() {
        return file;
    }

    int firstOrdinal() {
        return firstOrdinal;
    }

    int domains() {
        return domains;
    }

    int blocks() {
        return tree.blocks();
    }

    /** Whether a file of the format lies beside the dictionary. */
    boolean isBeside(IndexFormat format) {
        return (tree.fact(2) & DictionaryWriter.flag(format)) != 0;
    }

    /** A domain's rank, or -1. */
    int rankOf(DomainKey domain) {
        return Math.max(-1, search(domain));
    }

    /** A domain's rank if it stands in that block, or -1. */
    int rankOf(DomainKey domain, int block) {
        return Math.max(-1, search(tree.block(block), block, domain.bytes()));
    }

    /**
     * How many domains are below: the rank of the first that is not; {@link #domains()} if none.
     */
    int ceiling(DomainKey domain) {
        int found = search(domain);
        return found < 0 ? ~found : found;
    }

    /** How many domains are not above. */
    int ranksUpTo(DomainKey domain) {
        int found = search(domain);
        return found < 0 ? ~found : found + 1;
    }

    /** The ranks {@code [from, to)} of the domains that begin with a prefix. */
    Range beginningWith(DomainKey prefix) {
        return new Range(ceiling(prefix), prefix.successor().map(this::ceiling).orElse(domains));
    }

    record Range(int from, int to) {}

    /** The domain at a rank. */
    byte[] domain(int rank) {
        Cursor cursor = cursor(rank);
        cursor.next();
        return cursor.domain();
    }

    /** All domains from a rank on, in order. */
    Cursor cursor(int rank) {
        if (rank < 0 || rank > domains) {
            throw new IndexOutOfBoundsException("Rank %d of %d".formatted(rank, domains));
        }
        return new Cursor(rank);
    }

    private SuffixCode readCode(BlockReader in) throws IOException {
        try {
            return SuffixCode.read(in, file);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** A domain's rank; if it is not there, the complement ({@code ~}) of its ceiling. */
    private int search(DomainKey domain) {
        long prefix = domain.prefix();
        BlockTree.Block found = tree.floor(prefix);
        if (found == null) {
            return ~0;
        }
        int block = found.index();
        BlockReader in = found.in();
        if (found.key() == prefix && isAbove(in.fork(), domain.bytes())) {
            block = lastNotAbove(tree.ceiling(prefix), block, domain.bytes());
            if (block < 0) {
                return ~0;
            }
            in = tree.block(block);
        }
        return search(in, block, domain.bytes());
    }

    /**
     * The last block of {@code [first, above)} whose first domain is not above, or the one before.
     */
    private int lastNotAbove(int first, int above, byte[] domain) {
        int low = first;
        int high = above;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isAbove(tree.block(middle), domain)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low - 1;
    }

    /** Whether a block's first domain is above. */
    private boolean isAbove(BlockReader in, byte[] domain) {
        int token = in.u8();
        sharedBytes(in, token);
        int place = code.compare(in, codedBytes(in, token), domain, 0);
        return (place & PLACE) == SuffixCode.ABOVE;
    }

    /**
     * Searches a block without building its strings: {@code matched} bytes of the wanted domain
     * equal those of the entry before, which is known to be below it. An entry that shares more
     * than that is below too, one that shares less is above, and only one that shares exactly that
     * much is decoded and compared.
     */
    private int search(BlockReader in, int block, byte[] domain) {
        int rank = block * DictionaryWriter.BLOCK_DOMAINS;
        int end = (int) Math.min(domains, (long) rank + DictionaryWriter.BLOCK_DOMAINS);
        int matched = 0;
        for (; in.hasRemaining(); rank++) {
            if (rank == end) {
                throw in.corrupt("more domains than the block can have");
            }
            int token = in.u8();
            int shared = sharedBytes(in, token);
            int coded = codedBytes(in, token);
            if (shared < matched) {
                return ~rank;
            }
            if (shared == matched) {
                int place = code.compare(in, coded, domain, matched);
                if ((place & PLACE) != SuffixCode.BELOW) {
                    return (place & PLACE) == SuffixCode.EQUAL ? rank : ~rank;
                }
                matched += place >>> SuffixCode.ORDER_BITS;
            }
            in.skip(coded);
        }
        return ~rank;
    }

    private int sharedBytes(BlockReader in, int token) {
        int half = token >>> 4;
        return half == 15 ? 15 + more(in) : half;
    }

    private int codedBytes(BlockReader in, int token) {
        int half = token & 15;
        return 1 + (half == 15 ? 15 + more(in) : half);
    }

    private int more(BlockReader in) {
        return plainLengths ? in.u8() : in.varint(DictionaryWriter.MOST_CODED_BYTES);
    }

    /** A place in the sorted order. Not thread-safe. */
    final class Cursor {
        private final byte[] bytes = new byte[DomainKey.MAX_BYTES];
        private BlockReader in;
        private int length;
        private int next;

        private Cursor(int rank) {
            next = rank / DictionaryWriter.BLOCK_DOMAINS * DictionaryWriter.BLOCK_DOMAINS;
            in = new BlockReader(file, file.payload(), 0, 0);
            while (next < rank) {
                next();
            }
        }

        /** Moves to the next domain; false at the end. */
        boolean next() {
            if (next == domains) {
                return false;
            }
            if (next % DictionaryWriter.BLOCK_DOMAINS == 0) {
                in = tree.block(next / DictionaryWriter.BLOCK_DOMAINS);
                length = 0;
            }
            int token = in.u8();
            int shared = sharedBytes(in, token);
            int coded = codedBytes(in, token);
            if (shared > length) {
                throw file.corrupt(
                        "domain of rank %d: %d bytes shared of %d".formatted(next, shared, length));
            }
            length = code.decode(in, coded, bytes, shared);
            next++;
            return true;
        }

        /** The rank of the current domain. */
        int rank() {
            return next - 1;
        }

        byte[] domain() {
            return Arrays.copyOf(bytes, length);
        }
    }
}
