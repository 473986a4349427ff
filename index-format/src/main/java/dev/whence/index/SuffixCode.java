package dev.whence.index;

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

    private static final int SYMBOL_SHIFT = 3;

    private final int symbols;

    /** The bytes of symbol {@code s} from {@code 8 s} on. */
    private final byte[] text = new byte[(MAX_SYMBOLS + 1) << SYMBOL_SHIFT];

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
            out.put(text, code << SYMBOL_SHIFT, lengths[code]);
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
        byte[] symbol = new byte[lengths[code]];
        System.arraycopy(text, code << SYMBOL_SHIFT, symbol, 0, symbol.length);
        return symbol;
    }

    /**
     * How the next {@code coded} bytes of a block, decoded, compare with {@code wanted[from, …)};
     * does not move.
     *
     * @return the number of equal bytes, shifted by {@link #ORDER_BITS}, and the entry's place
     */
    int compare(BlockReader in, int coded, byte[] wanted, int from) {
        in.need(coded);
        int at = from;
        for (int i = 0; i < coded; i++) {
            int code = in.peek(i) & 0xFF;
            if (code == ESCAPE) {
                i = escaped(in, i, coded);
                int order = order(in.peek(i), wanted, at);
                if (order != EQUAL) {
                    return (at - from) << ORDER_BITS | order;
                }
                at++;
                continue;
            }
            int symbol = code << SYMBOL_SHIFT;
            int end = symbol + defined(in, code);
            for (int place = symbol; place < end; place++) {
                int order = order(text[place], wanted, at);
                if (order != EQUAL) {
                    return (at - from) << ORDER_BITS | order;
                }
                at++;
            }
        }
        return (at - from) << ORDER_BITS | (at == wanted.length ? EQUAL : BELOW);
    }

    /**
     * Decodes the next {@code coded} bytes of a block into {@code target[at, …)} and steps over
     * them.
     *
     * @return where the decoded bytes end in the target
     */
    int decode(BlockReader in, int coded, byte[] target, int at) {
        in.need(coded);
        int end = at;
        for (int i = 0; i < coded; i++) {
            int code = in.peek(i) & 0xFF;
            if (code == ESCAPE) {
                i = escaped(in, i, coded);
                in.needRoom(target.length - end, 1);
                target[end++] = in.peek(i);
            } else {
                int length = defined(in, code);
                in.needRoom(target.length - end, length);
                System.arraycopy(text, code << SYMBOL_SHIFT, target, end, length);
                end += length;
            }
        }
        in.skip(coded);
        return end;
    }

    private void define(int code, byte[] symbol) {
        if (symbol.length == 0 || symbol.length > MAX_SYMBOL_BYTES) {
            throw new IllegalArgumentException("A symbol has 1 to 8 bytes: " + symbol.length);
        }
        lengths[code] = (byte) symbol.length;
        System.arraycopy(symbol, 0, text, code << SYMBOL_SHIFT, symbol.length);
    }

    private int defined(BlockReader in, int code) {
        int length = lengths[code];
        if (length == 0) {
            throw in.corrupt("code %d of %d symbols".formatted(code, symbols));
        }
        return length;
    }

    private static int escaped(BlockReader in, int at, int coded) {
        if (at + 1 == coded) {
            throw in.corrupt("an escape without a byte");
        }
        return at + 1;
    }

    private static int order(byte entry, byte[] wanted, int at) {
        if (at == wanted.length) {
            return ABOVE;
        }
        int difference = (entry & 0xFF) - (wanted[at] & 0xFF);
        return difference == 0 ? EQUAL : difference < 0 ? BELOW : ABOVE;
    }
}
