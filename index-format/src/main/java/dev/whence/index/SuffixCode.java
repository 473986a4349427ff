package dev.whence.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The code of a dictionary's suffixes: up to 255 symbols of one to eight bytes, each written as one
 * byte, and an escape before a byte that no symbol holds. Version 1 of the format, and small
 * dictionaries, have no symbols of their own: there each byte stands for itself. Immutable.
 *
 * <p>The code does not keep the order of what it codes, and need not: front coding finds an entry's
 * place by how much it shares, and decodes the few that share just as much as the wanted domain.
 * After Boncz, Neumann and Leis, FSST: Fast Random Access String Compression, VLDB 2020.
 */
final class SuffixCode {

    static final int ESCAPE = 255;
    static final int MAX_SYMBOLS = 255;
    static final int MAX_SYMBOL_BYTES = 8;

    /** Where the entry stands beside the wanted domain, in the low bits of {@link #compare}. */
    static final int BELOW = 0;

    static final int EQUAL = 1;
    static final int ABOVE = 2;
    static final int ORDER_BITS = 2;

    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final int symbols;

    /** By code: the symbol's bytes from the highest on, zeros after them. */
    private final long[] words = new long[MAX_SYMBOLS + 1];

    /** Zero for a code without a symbol. */
    private final byte[] lengths = new byte[MAX_SYMBOLS + 1];

    /**
     * @param symbols each of 1 to 8 bytes; none for the plain code
     */
    SuffixCode(List<byte[]> symbols) {
        if (symbols.size() > MAX_SYMBOLS) {
            throw new IllegalArgumentException("More than 255 symbols: " + symbols.size());
        }
        this.symbols = symbols.size();
        for (int code = 0; code < symbols.size(); code++) {
            define(code, symbols.get(code));
        }
        if (symbols.isEmpty()) {
            for (int code = 0; code < ESCAPE; code++) {
                define(code, new byte[] {(byte) code});
            }
        }
    }

    static SuffixCode plain() {
        return new SuffixCode(List.of());
    }

    /** Reads the code that a payload begins with, and leaves the reader behind it. */
    static SuffixCode read(BlockReader in, MappedFile file) throws CorruptIndexFileException {
        CRC32C crc = new CRC32C();
        int count = in.u8();
        crc.update(count);
        byte[][] symbols = new byte[count][];
        for (int code = 0; code < count; code++) {
            int length = in.u8();
            if (length == 0 || length > MAX_SYMBOL_BYTES) {
                throw new CorruptIndexFileException(
                        file.name(), "symbol %d of %d bytes".formatted(code, length));
            }
            symbols[code] = new byte[length];
            in.read(symbols[code], 0, length);
            crc.update(length);
            crc.update(symbols[code]);
        }
        int expected = in.u32();
        if (MaskedCrc.of(crc) != expected) {
            throw new CorruptIndexFileException(
                    file.name(), Envelope.mismatch("code", expected, MaskedCrc.of(crc)));
        }
        return new SuffixCode(List.of(symbols));
    }

    /** Its bytes in a file. */
    void write(BlockBuffer out) {
        int start = out.length();
        out.u8(symbols);
        for (int code = 0; code < symbols; code++) {
            out.u8(lengths[code]);
            out.put(symbol(code), 0, lengths[code]);
        }
        CRC32C crc = new CRC32C();
        crc.update(out.array(), start, out.length() - start);
        out.u32(MaskedCrc.of(crc));
    }

    /** Zero for the plain code. */
    int symbols() {
        return symbols;
    }

    /** The bytes that a code stands for; zero of them if it stands for none. */
    byte[] symbol(int code) {
        byte[] word = new byte[MAX_SYMBOL_BYTES];
        WORD.set(word, 0, words[code]);
        return Arrays.copyOf(word, lengths[code]);
    }

    /**
     * How {@code [start, end)} of a block, decoded, compares with {@code wanted[from, length)}.
     *
     * @param wanted with zeros after its length, room for a symbol
     * @return the number of equal bytes, shifted by {@link #ORDER_BITS}, and the entry's place
     */
    int compare(DomainBlock block, int start, int end, byte[] wanted, int length, int from) {
        byte[] bytes = block.bytes();
        int at = from;
        for (int i = start; i < end; i++) {
            int code = bytes[i] & 0xFF;
            long word = words[code];
            int symbolBytes = lengths[code];
            if (symbolBytes == 0) {
                i = escaped(block, code, i, end);
                word = (long) bytes[i] << (Long.SIZE - Byte.SIZE);
                symbolBytes = 1;
            }
            long mask = -1L << (Long.SIZE - Byte.SIZE * symbolBytes);
            long difference = ((long) WORD.get(wanted, at) ^ word) & mask;
            int next = at + symbolBytes;
            if (difference != 0) {
                int equal = Long.numberOfLeadingZeros(difference) / Byte.SIZE;
                next = at + equal;
                if (next < length) {
                    int shift = Long.SIZE - Byte.SIZE * (equal + 1);
                    boolean below = (word >>> shift & 0xFF) < (wanted[next] & 0xFF);
                    return (next - from) << ORDER_BITS | (below ? BELOW : ABOVE);
                }
            }
            if (next > length || difference != 0) {
                return (length - from) << ORDER_BITS | ABOVE;
            }
            at = next;
        }
        return (at - from) << ORDER_BITS | (at == length ? EQUAL : BELOW);
    }

    /**
     * Decodes {@code [start, end)} of a block into {@code target[from, …)}.
     *
     * @param target has room for a symbol after the longest domain
     * @return where the decoded bytes end in the target
     */
    int decode(DomainBlock block, int start, int end, byte[] target, int from) {
        byte[] bytes = block.bytes();
        int at = from;
        for (int i = start; i < end; i++) {
            int code = bytes[i] & 0xFF;
            long word = words[code];
            int symbolBytes = lengths[code];
            if (symbolBytes == 0) {
                i = escaped(block, code, i, end);
                word = (long) bytes[i] << (Long.SIZE - Byte.SIZE);
                symbolBytes = 1;
            }
            if (at + symbolBytes > DomainKey.MAX_BYTES) {
                throw block.corrupt("a domain longer than %d bytes".formatted(DomainKey.MAX_BYTES));
            }
            WORD.set(target, at, word);
            at += symbolBytes;
        }
        return at;
    }

    private void define(int code, byte[] symbol) {
        if (symbol.length == 0 || symbol.length > MAX_SYMBOL_BYTES) {
            throw new IllegalArgumentException("A symbol has 1 to 8 bytes: " + symbol.length);
        }
        lengths[code] = (byte) symbol.length;
        words[code] = (long) WORD.get(Arrays.copyOf(symbol, MAX_SYMBOL_BYTES), 0);
    }

    /** The place of the byte after an escape. */
    private int escaped(DomainBlock block, int code, int at, int end) {
        if (code != ESCAPE) {
            throw block.corrupt("code %d of %d symbols".formatted(code, symbols));
        }
        if (at + 1 == end) {
            throw block.corrupt("an escape without a byte");
        }
        return at + 1;
    }
}
