package dev.whence.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads {@code domains.dict}: domain to rank, rank to domain, and all in order. Thread-safe. */
final class Dictionary {

    /** About what a block has: 32 domains of seven bytes. */
    private static final int BLOCK_BYTES = 256;

    private final MappedFile file;
    private final BlockTree tree;
    private final SuffixCode code;
    private final int firstOrdinal;
    private final int domains;

    Dictionary(MappedFile file) throws IOException {
        this.file = file;
        MemorySegment payload = file.payload();
        this.tree = new BlockTree(file, payload, DictionaryWriter.FACTS);
        this.code =
                file.envelope().version() == 1
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

    /**
     * The ranks of many domains, or -1 each; best in order, or nearly so, as their blocks are
     * looked for together.
     */
    int[] ranksOf(DomainKey[] wanted) {
        long[] prefixes = new long[wanted.length];
        for (int i = 0; i < wanted.length; i++) {
            prefixes[i] = wanted[i].prefix();
        }
        var blocks = tree.floor(prefixes, wanted.length, BLOCK_BYTES);
        int[] ranks = new int[wanted.length];
        for (int i = 0; i < wanted.length; i++) {
            ranks[i] = Math.max(-1, search(wanted[i], blocks[i]));
        }
        return ranks;
    }

    /** A domain's rank if it stands in that block, or -1. */
    int rankOf(DomainKey domain, int block) {
        return Math.max(-1, search(tree.block(block), block, domain));
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

    /** The ranks of the domains that begin with a prefix. */
    Range beginningWith(DomainKey prefix) {
        return new Range(ceiling(prefix), prefix.successor().map(this::ceiling).orElse(domains));
    }

    /** The ranks {@code [from, to)}. */
    record Range(int from, int to) {}

    /** The domain at a rank. */
    byte[] domain(int rank) {
        int block = rank / DictionaryWriter.BLOCK_DOMAINS;
        return open(tree.block(block), block).domain(rank % DictionaryWriter.BLOCK_DOMAINS);
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
        return search(domain, tree.floor(domain.prefix()));
    }

    /**
     * @param found the last block whose key is not above the domain's
     */
    private int search(DomainKey domain, BlockTree.@Nullable Block found) {
        long prefix = domain.prefix();
        if (found == null) {
            return ~0;
        }
        int block = found.index();
        int rank = search(found.in(), block, domain);
        if (found.key() != prefix || !isBelow(rank, block)) {
            return rank;
        }
        // Several blocks begin with these eight bytes, and it is in one before.
        block = lastNotAbove(tree.ceiling(prefix), block, domain);
        return block < 0 ? ~0 : search(tree.block(block), block, domain);
    }

    /**
     * The last block of {@code [first, above)} whose first domain is not above, or the one before.
     */
    private int lastNotAbove(int first, int above, DomainKey domain) {
        int low = first;
        int high = above;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBelow(search(tree.block(middle), middle, domain), middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low - 1;
    }

    /** Whether what was searched for is below the first domain of the block. */
    private static boolean isBelow(int found, int block) {
        return found == ~blockStart(block);
    }

    private int search(BlockReader in, int block, DomainKey domain) {
        int slot = open(in, block).search(domain);
        return slot < 0 ? ~(blockStart(block) + ~slot) : blockStart(block) + slot;
    }

    private DomainBlock open(BlockReader in, int block) {
        int size = Math.min(DictionaryWriter.BLOCK_DOMAINS, domains - blockStart(block));
        return new DomainBlock(file, in, code, size);
    }

    private static int blockStart(int block) {
        return block * DictionaryWriter.BLOCK_DOMAINS;
    }

    /** A place in the sorted order. Not thread-safe. */
    final class Cursor {
        private final byte[] bytes = new byte[DomainKey.MAX_BYTES + SuffixCode.MAX_SYMBOL_BYTES];
        private @Nullable DomainBlock block;
        private int length;
        private int next;

        private Cursor(int rank) {
            next = rank;
            int slot = rank % DictionaryWriter.BLOCK_DOMAINS;
            if (slot > 0) {
                int number = rank / DictionaryWriter.BLOCK_DOMAINS;
                block = open(tree.block(number), number);
                byte[] before = block.domain(slot - 1);
                length = before.length;
                System.arraycopy(before, 0, bytes, 0, length);
            }
        }

        /** Moves to the next domain; false at the end. */
        boolean next() {
            if (next == domains) {
                return false;
            }
            DomainBlock from = block;
            if (from == null || next % DictionaryWriter.BLOCK_DOMAINS == 0) {
                int number = next / DictionaryWriter.BLOCK_DOMAINS;
                from = open(tree.block(number), number);
                block = from;
                length = 0;
            }
            length = from.next(bytes, length);
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
