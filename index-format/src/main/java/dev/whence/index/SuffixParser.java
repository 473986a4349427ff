package dev.whence.index;

import java.util.Arrays;

/**
 * Finds the fewest coded bytes for a suffix: the shortest path over its places, from its end, where
 * each symbol that fits is a step, found by a trie. Not thread-safe.
 */
final class SuffixParser {

    private static final int ASCII = 128;
    private static final int NO_CODE = -1;

    /** The child of node {@code n} by byte {@code b} at {@code 128 n + b}; 0 is none. */
    private short[] children = new short[ASCII];

    private short[] codes = {NO_CODE};
    private int nodes = 1;

    /** By place in the suffix: the fewest coded bytes from there on, and the first of the steps. */
    private final int[] costs = new int[DomainKey.MAX_BYTES + 1];

    private final int[] stepCodes = new int[DomainKey.MAX_BYTES];
    private final int[] stepBytes = new int[DomainKey.MAX_BYTES];

    SuffixParser(SuffixCode code) {
        for (int c = 0; c < SuffixCode.ESCAPE; c++) {
            byte[] symbol = code.symbol(c);
            if (symbol.length > 0 && DomainKey.isAscii(symbol)) {
                add(symbol, c);
            }
        }
    }

    /** Parses {@code bytes[from, to)}; returns how many bytes its code has. */
    int parse(byte[] bytes, int from, int to) {
        costs[to - from] = 0;
        for (int at = to - 1; at >= from; at--) {
            int place = at - from;
            int best = costs[place + 1] + 2;
            int code = SuffixCode.ESCAPE;
            int length = 1;
            int node = 0;
            for (int end = at; end < to; end++) {
                node = children[node * ASCII + bytes[end]];
                if (node == 0) {
                    break;
                }
                int cost = costs[end + 1 - from] + 1;
                if (codes[node] != NO_CODE && cost <= best) {
                    best = cost;
                    code = codes[node];
                    length = end + 1 - at;
                }
            }
            costs[place] = best;
            stepCodes[place] = code;
            stepBytes[place] = length;
        }
        return costs[0];
    }

    /** The code of the step from a place of the suffix that was parsed last. */
    int code(int place) {
        return stepCodes[place];
    }

    /** How many bytes that step covers. */
    int bytes(int place) {
        return stepBytes[place];
    }

    /** Writes the code of {@code bytes[from, to)}, which was parsed last. */
    void write(byte[] bytes, int from, int to, BlockBuffer out) {
        for (int at = from; at < to; at += stepBytes[at - from]) {
            int code = stepCodes[at - from];
            out.u8(code);
            if (code == SuffixCode.ESCAPE) {
                out.u8(bytes[at]);
            }
        }
    }

    private void add(byte[] symbol, int code) {
        int node = 0;
        for (byte b : symbol) {
            int edge = node * ASCII + b;
            if (children[edge] == 0) {
                if (nodes == codes.length) {
                    codes = Arrays.copyOf(codes, nodes * 2);
                    children = Arrays.copyOf(children, nodes * 2 * ASCII);
                }
                codes[nodes] = NO_CODE;
                children[edge] = (short) nodes++;
            }
            node = children[edge];
        }
        codes[node] = (short) code;
    }
}
