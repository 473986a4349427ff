package dev.whence.indexer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whence.lake.DomainRun;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.ObjLongConsumer;

/**
 * The domains of one file in order, and how many rows it holds of each: front-coded, some 17 bytes
 * a domain, as a publish has them of all its files in memory. Immutable.
 */
final class DomainCounts {
    /** A domain is found by its block's first and, in it, one by one. */
    private static final int BLOCK_DOMAINS = 16;

    private final byte[] coded;
    private final int[] blocks;
    private final int size;
    private final long rows;

    private DomainCounts(byte[] coded, int[] blocks, int size, long rows) {
        this.coded = coded;
        this.blocks = blocks;
        this.size = size;
        this.rows = rows;
    }

    int size() {
        return size;
    }

    /** The domain of that place in the order. */
    String domain(int at) {
        if (at < 0 || at >= size) {
            throw new IndexOutOfBoundsException("domain %d of %d".formatted(at, size));
        }
        var cursor = new Cursor(at / BLOCK_DOMAINS);
        for (int i = 0; i <= at % BLOCK_DOMAINS; i++) {
            cursor.next();
        }
        return cursor.domain();
    }

    boolean contains(String domain) {
        return indexOf(domain) >= 0;
    }

    /** A domain's place in the order, or -1. */
    int indexOf(String domain) {
        byte[] key = domain.getBytes(UTF_8);
        var cursor = cursor();
        int low = 0;
        int high = blocks.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            cursor.seek(middle);
            cursor.next();
            if (cursor.compareTo(key) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0) {
            return -1;
        }
        cursor.seek(low - 1);
        for (int i = 0; i < BLOCK_DOMAINS && cursor.next(); i++) {
            if (cursor.compareTo(key) == 0) {
                return (low - 1) * BLOCK_DOMAINS + i;
            }
        }
        return -1;
    }

    /** Rows of all domains. */
    long rows() {
        return rows;
    }

    /** The domains alone, ascending. */
    Iterable<String> domains() {
        return () -> {
            var cursor = cursor();
            return new Iterator<>() {
                private int left = size;

                @Override
                public boolean hasNext() {
                    return left > 0;
                }

                @Override
                public String next() {
                    if (!cursor.next()) {
                        throw new NoSuchElementException();
                    }
                    left--;
                    return cursor.domain();
                }
            };
        };
    }

    void forEach(ObjLongConsumer<String> visitor) {
        var cursor = cursor();
        while (cursor.next()) {
            visitor.accept(cursor.domain(), cursor.rows());
        }
    }

    Cursor cursor() {
        return new Cursor(0);
    }

    /** A place among the domains, in order. Not thread-safe. */
    final class Cursor {
        private byte[] domain = new byte[64];
        private int length;
        private long domainRows;
        private int at;

        private Cursor(int block) {
            seek(block);
        }

        private void seek(int block) {
            at = block < blocks.length ? blocks[block] : coded.length;
        }

        /** Moves to the next domain; false at the end. */
        boolean next() {
            if (at == coded.length) {
                return false;
            }
            int shared = (int) varint();
            int more = (int) varint();
            length = shared + more;
            if (length > domain.length) {
                domain = Arrays.copyOf(domain, 2 * length);
            }
            System.arraycopy(coded, at, domain, shared, more);
            at += more;
            domainRows = varint();
            return true;
        }

        String domain() {
            return new String(domain, 0, length, UTF_8);
        }

        /** Bytes of ASCII have the order of their strings. */
        private int compareTo(byte[] key) {
            return Arrays.compareUnsigned(domain, 0, length, key, 0, key.length);
        }

        long rows() {
            return domainRows;
        }

        private long varint() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = coded[at++];
                value |= (long) (next & 0x7F) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }
    }

    /** Gathers runs in file order; a domain that goes on in the next row group is one domain. */
    static final class Builder {
        private byte[] coded = new byte[256];
        private int length;
        private int[] blocks = new int[4];
        private int size;
        private long rows;
        private String open = "";
        private long openRows;
        private byte[] last = {};
        private boolean begun;

        void add(DomainRun run) {
            add(run.domain(), run.rows());
        }

        /**
         * Adds rows of a domain.
         *
         * @throws IllegalArgumentException if the domain sorts before the one before it
         */
        void add(String domain, long more) {
            int order = begun ? open.compareTo(domain) : -1;
            if (order > 0) {
                throw new IllegalArgumentException(
                        "domain %s comes after %s".formatted(domain, open));
            }
            if (order < 0) {
                endDomain();
                begun = true;
                open = domain;
                openRows = 0;
            }
            openRows += more;
        }

        DomainCounts build() {
            endDomain();
            begun = false;
            return new DomainCounts(
                    Arrays.copyOf(coded, length),
                    Arrays.copyOf(blocks, (size + BLOCK_DOMAINS - 1) / BLOCK_DOMAINS),
                    size,
                    rows);
        }

        private void endDomain() {
            if (!begun) {
                return;
            }
            byte[] domain = open.getBytes(UTF_8);
            int shared = 0;
            if (size % BLOCK_DOMAINS == 0) {
                beginBlock();
            } else {
                int mismatch = Arrays.mismatch(last, domain);
                shared = mismatch < 0 ? domain.length : mismatch;
            }
            reserve(domain.length - shared + 3 * Long.BYTES);
            varint(shared);
            varint(domain.length - shared);
            System.arraycopy(domain, shared, coded, length, domain.length - shared);
            length += domain.length - shared;
            varint(openRows);
            last = domain;
            rows += openRows;
            size++;
        }

        private void beginBlock() {
            int block = size / BLOCK_DOMAINS;
            if (block == blocks.length) {
                blocks = Arrays.copyOf(blocks, 2 * block);
            }
            blocks[block] = length;
        }

        private void reserve(int more) {
            long needed = (long) length + more;
            if (needed > coded.length) {
                if (needed > Integer.MAX_VALUE - 8) {
                    throw new IllegalStateException(
                            "more than 2 GiB of domains, %,d of them: publish in parts"
                                    .formatted(size));
                }
                long capacity = Math.max(needed, coded.length * 3L / 2);
                coded = Arrays.copyOf(coded, (int) Math.min(capacity, Integer.MAX_VALUE - 8));
            }
        }

        private void varint(long value) {
            long rest = value;
            while (rest > 0x7F) {
                coded[length++] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            coded[length++] = (byte) rest;
        }
    }
}
