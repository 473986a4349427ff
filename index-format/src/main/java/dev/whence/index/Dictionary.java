package dev.whence.index;

import java.io.IOException;
import java.util.Arrays;

/** Reads {@code domains.dict}: domain to rank, rank to domain, and all in order. Thread-safe. */
final class Dictionary {

    private final MappedFile file;
    private final BlockTree tree;
    private final int firstOrdinal;
    private final int domains;

    Dictionary(MappedFile file) throws IOException {
        this.file = file;
        this.tree = new BlockTree(file, file.payload(), DictionaryWriter.FACTS);
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

    boolean hasOrdinals() {
        return tree.fact(2) != 0;
    }

    /** A domain's rank, or -1. */
    int rankOf(DomainKey domain) {
        long prefix = domain.prefix();
        int block = tree.floor(prefix);
        if (block < 0) {
            return -1;
        }
        if (tree.key(block) == prefix && compareFirst(block, domain.bytes()) > 0) {
            block = lastNotAbove(tree.ceiling(prefix), block, domain.bytes());
            if (block < 0) {
                return -1;
            }
        }
        int slot = slotOf(block, domain.bytes());
        return slot < 0 ? -1 : block * DictionaryWriter.BLOCK_DOMAINS + slot;
    }

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

    /**
     * The last block of {@code [first, above)} whose first domain is not above, or the one before.
     */
    private int lastNotAbove(int first, int above, byte[] domain) {
        int low = first;
        int high = above;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compareFirst(middle, domain) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private int compareFirst(int block, byte[] domain) {
        BlockReader in = tree.block(block);
        int token = in.u8();
        return in.compare(suffixBytes(in, token), domain);
    }

    /**
     * Searches a block without building its strings: {@code matched} bytes of the wanted domain
     * equal those of the entry before, which is known to be below it. An entry that shares more
     * than that is below too, one that shares less is above, and only one that shares exactly that
     * much is compared.
     */
    private int slotOf(int block, byte[] domain) {
        BlockReader in = tree.block(block);
        int matched = 0;
        for (int slot = 0; in.hasRemaining(); slot++) {
            int token = in.u8();
            int shared = sharedBytes(in, token);
            int suffix = suffixBytes(in, token);
            if (shared < matched) {
                return -1;
            }
            if (shared == matched) {
                in.need(suffix);
                int common = Math.min(suffix, domain.length - matched);
                int i = 0;
                while (i < common && in.peek(i) == domain[matched + i]) {
                    i++;
                }
                matched += i;
                if (i == suffix && matched == domain.length) {
                    return slot;
                }
                if (matched == domain.length
                        || (i < suffix && (in.peek(i) & 0xFF) > (domain[matched] & 0xFF))) {
                    return -1;
                }
            }
            in.skip(suffix);
        }
        return -1;
    }

    private static int sharedBytes(BlockReader in, int token) {
        int half = token >>> 4;
        return half == 15 ? 15 + in.u8() : half;
    }

    private static int suffixBytes(BlockReader in, int token) {
        int half = token & 15;
        return 1 + (half == 15 ? 15 + in.u8() : half);
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
            int suffix = suffixBytes(in, token);
            if (shared > length || shared + suffix > DomainKey.MAX_BYTES) {
                throw file.corrupt(
                        "domain of rank %d: %d bytes shared of %d, and %d more"
                                .formatted(next, shared, length, suffix));
            }
            in.read(bytes, shared, suffix);
            length = shared + suffix;
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
