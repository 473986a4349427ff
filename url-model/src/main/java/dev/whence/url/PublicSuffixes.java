package dev.whence.url;

import java.util.Arrays;

/**
 * The Public Suffix List, ICANN and private rules, as a table over bytes: where a host's
 * registrable domain begins. Immutable and thread-safe.
 *
 * <p>The rules are a tree of labels, read from the right: {@code co.uk} is the node {@code co}
 * below the node {@code uk}. The edges of all nodes lie in one open-addressed hash table, keyed by
 * the parent and the label's bytes, so that each label of a host costs one hash and one look into
 * the table. (<a href="https://github.com/publicsuffix/list/wiki/Format">The list's algorithm.</a>)
 */
public final class PublicSuffixes {
    /** A rule ends at this node. */
    static final int RULE = 1;

    /** Every label below this node is a rule: {@code *.ck} marks {@code ck}. */
    static final int WILDCARD = 2;

    /** This node is not a rule, though a wildcard says so: {@code !www.ck}. */
    static final int EXCEPTION = 4;

    /** Nodes stand below this one. */
    static final int BRANCH = 8;

    /** Also the mark of a free slot: the root is nobody's child. */
    static final int ROOT = 0;

    private final String date;

    /** Node numbers, each where the hash of its parent and label says, or in the next free slot. */
    private final int[] slots;

    private final int[] parents;
    private final byte[] kinds;

    /** The label of node {@code n} is {@code labels[labelStarts[n], labelStarts[n + 1])}. */
    private final int[] labelStarts;

    private final byte[] labels;

    PublicSuffixes(
            String date,
            int[] slots,
            int[] parents,
            byte[] kinds,
            int[] labelStarts,
            byte[] labels) {
        this.date = date;
        this.slots = slots;
        this.parents = parents;
        this.kinds = kinds;
        this.labelStarts = labelStarts;
        this.labels = labels;
    }

    /** The list that Whence carries, loaded once. */
    public static PublicSuffixes bundled() {
        return Bundled.LIST;
    }

    /** The list's own date, {@code yyyy-MM-dd}. */
    public String date() {
        return date;
    }

    /**
     * Where the registrable domain begins in the ASCII, lower-case host name {@code bytes[from,
     * to)} (no port, no trailing dot); {@code from} itself where the host has none (it is a public
     * suffix, has one label, or an empty label before its suffix).
     */
    public int registrableStart(byte[] bytes, int from, int to) {
        int node = ROOT;
        int end = to;
        int suffix = to;
        while (true) {
            int hash = seed(node);
            int start = end;
            while (start > from && bytes[start - 1] != '.') {
                hash = mix(hash, bytes[--start]);
            }
            int child = child(node, hash, bytes, start, end);
            int kind = child == ROOT ? 0 : kinds[child];
            if ((kind & EXCEPTION) != 0) {
                return start;
            }
            if ((kind & RULE) != 0 || (kinds[node] & WILDCARD) != 0) {
                suffix = start;
            }
            if (start == from || (kind & (BRANCH | WILDCARD)) == 0) {
                break;
            }
            node = child;
            end = start - 1;
        }
        return labelBefore(bytes, from, suffix);
    }

    /** Where the label begins that stands before {@code suffix}; {@code from} if none does. */
    private static int labelBefore(byte[] bytes, int from, int suffix) {
        int start = suffix - 1;
        while (start > from && bytes[start - 1] != '.') {
            start--;
        }
        return start < suffix - 1 ? start : from;
    }

    private int child(int parent, int hash, byte[] bytes, int from, int to) {
        int mask = slots.length - 1;
        int slot = slot(hash, mask);
        for (int node = slots[slot]; node != ROOT; node = slots[slot]) {
            if (parents[node] == parent
                    && Arrays.equals(
                            labels, labelStarts[node], labelStarts[node + 1], bytes, from, to)) {
                return node;
            }
            slot = slot + 1 & mask;
        }
        return ROOT;
    }

    /** The hash of a label below {@code parent}, before its bytes, which are mixed in backwards. */
    static int seed(int parent) {
        return parent * 0x9E3779B1;
    }

    static int mix(int hash, byte b) {
        return hash * 31 + b;
    }

    static int slot(int hash, int mask) {
        int spread = hash * 0x85EBCA6B;
        return (spread ^ spread >>> 15) & mask;
    }

    /** Loads the list when it is first asked for. */
    private static final class Bundled {
        static final PublicSuffixes LIST = SuffixListReader.readBundled();
    }
}
