package dev.whence.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the symbols of a {@link SuffixCode} from a sample of suffixes: in each round the sample is
 * parsed with the symbols of the round before, and those symbols and pairs of neighbours that cover
 * most bytes make the next. Deterministic. Not thread-safe.
 */
final class SuffixTraining {

    /** Below this many domains the table of symbols costs more than it saves. */
    static final int LEAST_DOMAINS = 4096;

    private static final int MOST_SAMPLES = 1 << 13;
    private static final int ROUNDS = 6;

    /** A byte without a symbol costs two: those that occur should get one before long symbols. */
    private static final int SINGLE_BYTE_WEIGHT = 8;

    /** Codes 0 to 255, then a token for each ASCII byte that was escaped. */
    private static final int FIRST_BYTE_TOKEN = 256;

    private static final int TOKENS = FIRST_BYTE_TOKEN + 128;

    private final List<byte[]> samples = new ArrayList<>();
    private long offered;
    private long stride = 1;
    private byte[] last = {};
    private boolean follows;

    /** Offers the next of the sorted domains; a damaged one is not learned from. */
    void offer(byte[] domain) {
        if (follows && offered++ % stride == 0 && DomainKey.isAscii(domain)) {
            int shared = Math.max(0, Arrays.mismatch(last, domain));
            samples.add(Arrays.copyOfRange(domain, shared, domain.length));
            if (samples.size() == 2 * MOST_SAMPLES) {
                thinOut();
            }
        }
        last = domain;
        follows = true;
    }

    /** The next domain offered does not follow the last. */
    void skip() {
        follows = false;
    }

    /** The code for so many domains, of which these were offered. */
    SuffixCode code(long domains) {
        if (domains < LEAST_DOMAINS) {
            return SuffixCode.plain();
        }
        List<byte[]> symbols = List.of();
        for (int round = 0; round < ROUNDS; round++) {
            symbols = round(symbols);
        }
        return new SuffixCode(symbols);
    }

    private void thinOut() {
        for (int i = 0; i < MOST_SAMPLES; i++) {
            samples.set(i, samples.get(2 * i));
        }
        samples.subList(MOST_SAMPLES, samples.size()).clear();
        stride *= 2;
    }

    private List<byte[]> round(List<byte[]> symbols) {
        SuffixParser parser =
                new SuffixParser(
                        new SuffixCode(symbols.isEmpty() ? List.of(new byte[] {0}) : symbols));
        int[] counts = new int[TOKENS];
        int[] pairs = new int[TOKENS * TOKENS];
        for (byte[] suffix : samples) {
            parser.parse(suffix, 0, suffix.length);
            int before = -1;
            for (int at = 0; at < suffix.length; at += parser.bytes(at)) {
                int code = parser.code(at);
                int token = code == SuffixCode.ESCAPE ? FIRST_BYTE_TOKEN + suffix[at] : code;
                counts[token]++;
                if (before >= 0) {
                    pairs[before * TOKENS + token]++;
                }
                before = token;
            }
        }
        Map<Symbol, Long> gains = new HashMap<>();
        for (int token = 0; token < TOKENS; token++) {
            if (counts[token] > 0) {
                Symbol symbol = symbol(token, symbols);
                int weight = symbol.length == 1 ? SINGLE_BYTE_WEIGHT : symbol.length;
                gains.merge(symbol, (long) counts[token] * weight, Long::sum);
            }
        }
        for (int pair = 0; pair < pairs.length; pair++) {
            if (pairs[pair] > 0) {
                Symbol first = symbol(pair / TOKENS, symbols);
                Symbol both = first.followedBy(symbol(pair % TOKENS, symbols));
                if (both.length <= SuffixCode.MAX_SYMBOL_BYTES) {
                    gains.merge(both, (long) pairs[pair] * both.length, Long::sum);
                }
            }
        }
        return gains.entrySet().stream()
                .sorted(
                        Map.Entry.<Symbol, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey(Symbol.ORDER)))
                .limit(SuffixCode.MAX_SYMBOLS)
                .map(entry -> entry.getKey().toBytes())
                .toList();
    }

    private static Symbol symbol(int token, List<byte[]> symbols) {
        return token < FIRST_BYTE_TOKEN
                ? Symbol.of(symbols.get(token))
                : new Symbol(token - FIRST_BYTE_TOKEN, 1);
    }

    /**
     * A candidate.
     *
     * @param bytes the first in the lowest bits, if it has eight at most
     */
    private record Symbol(long bytes, int length) {
        static final Comparator<Symbol> ORDER =
                Comparator.comparingInt(Symbol::length).thenComparingLong(Symbol::bytes);

        static Symbol of(byte[] symbol) {
            long bytes = 0;
            for (int i = 0; i < symbol.length; i++) {
                bytes |= (symbol[i] & 0xFFL) << (i * Byte.SIZE);
            }
            return new Symbol(bytes, symbol.length);
        }

        Symbol followedBy(Symbol next) {
            return new Symbol(bytes | next.bytes << (length * Byte.SIZE), length + next.length);
        }

        byte[] toBytes() {
            byte[] symbol = new byte[length];
            for (int i = 0; i < length; i++) {
                symbol[i] = (byte) (bytes >>> (i * Byte.SIZE));
            }
            return symbol;
        }
    }
}
