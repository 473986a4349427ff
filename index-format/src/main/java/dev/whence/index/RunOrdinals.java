package dev.whence.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Version 2, as {@link OrdinalsWriter} writes it. A rank's ordinal is the start of its run plus how
 * many ranks of that run stand before; an ordinal's rank is where its run's code stands so often.
 */
final class RunOrdinals implements Ordinals {

    private final MappedFile file;
    private final BlockTree tree;
    private final int domains;
    private final OrdinalCodes codes;
    private final int codeCount;
    private final int planes;
    private final int otherBlocks;

    RunOrdinals(MappedFile file, int domains) throws IOException {
        this.file = file;
        this.tree = new BlockTree(file, file.payload(), OrdinalsWriter.FACTS);
        this.domains = domains;
        if (tree.fact(0) != domains || tree.blocks() < 1) {
            throw new CorruptIndexFileException(
                    file.name(),
                    "%d domains expected, found %d in %d blocks"
                            .formatted(domains, tree.fact(0), tree.blocks()));
        }
        this.codes = OrdinalCodes.of(domains, readRuns(tree.block(0)));
        this.codeCount = codes.codes();
        this.planes = codes.planes();
        this.otherBlocks = 1 + OrdinalsWriter.groupBlocks(codes.groups());
        long blocks = otherBlocks + 2L * PackedInts.blocks(codes.others());
        if (tree.blocks() != blocks) {
            throw new CorruptIndexFileException(
                    file.name(), "%d blocks expected, found %d".formatted(blocks, tree.blocks()));
        }
    }

    private List<OrdinalRun> readRuns(BlockReader in) throws IOException {
        int count = in.varint(OrdinalCodes.MOST_RUNS);
        List<OrdinalRun> runs = new ArrayList<>(count);
        long end = 0;
        for (int i = 0; i < count; i++) {
            long start = end + in.varint(domains);
            int length = in.varint(domains);
            end = start + length;
            if (length == 0 || end > domains) {
                throw new CorruptIndexFileException(
                        file.name(),
                        "a run of %d at %d among %d ordinals".formatted(length, start, domains));
            }
            runs.add(new OrdinalRun((int) start, length));
        }
        return runs;
    }

    @Override
    public MappedFile file() {
        return file;
    }

    @Override
    public List<OrdinalRun> runs() {
        return IntStream.range(0, codes.runs()).mapToObj(codes::run).toList();
    }

    @Override
    public int ordinalOf(int rank) {
        BlockReader group = group(rank / OrdinalCodes.GROUP_RANKS);
        int last = rank % OrdinalCodes.GROUP_RANKS / Long.SIZE;
        long bit = 1L << rank;
        int code = 0;
        for (int plane = 0; plane < planes; plane++) {
            code |= (word(group, last, plane) & bit) == 0 ? 0 : 1 << plane;
        }
        if (code >= codeCount) {
            throw file.corrupt("code %d of %d at rank %d".formatted(code, codeCount, rank));
        }
        int before = count(group, code);
        for (int word = 0; word < last; word++) {
            before += Long.bitCount(equal(group, word, code));
        }
        before += Long.bitCount(equal(group, last, code) & (bit - 1));
        if (code == codes.runs()) {
            return checked(before < codes.others() && before >= 0 ? other(0, before) : -1);
        }
        OrdinalRun run = codes.run(code);
        return checked(before >= 0 && before < run.length() ? run.start() + before : -1);
    }

    @Override
    public int rankOf(int ordinal) {
        int code = codes.codeOf(ordinal);
        if (code == codes.runs()) {
            return checked(other(PackedInts.blocks(codes.others()), codes.otherOf(ordinal)));
        }
        int wanted = ordinal - codes.run(code).start();
        int index = groupOf(code, wanted);
        BlockReader group = group(index);
        int left = wanted - count(group, code);
        for (int word = 0; word < OrdinalCodes.WORDS && left >= 0; word++) {
            long equal = equal(group, word, code);
            int here = Long.bitCount(equal);
            if (left < here) {
                int bit = Long.numberOfTrailingZeros(Long.expand(1L << left, equal));
                return checked(index * OrdinalCodes.GROUP_RANKS + word * Long.SIZE + bit);
            }
            left -= here;
        }
        throw file.corrupt("ordinal %d has no rank".formatted(ordinal));
    }

    /**
     * The last group before which a code stands at most so often. A run lies evenly among the
     * others more often than not, so every other guess is by proportion.
     */
    private int groupOf(int code, int wanted) {
        int low = 0;
        int high = codes.groups();
        double lowCount = 0;
        double highCount = codes.run(code).length();
        for (boolean guess = true; high - low > 1; guess = !guess) {
            int middle = (low + high) >>> 1;
            if (guess && highCount > lowCount) {
                double part = (wanted - lowCount) / (highCount - lowCount);
                middle = Math.clamp(low + (long) (part * (high - low)), low + 1, high - 1);
            }
            int before = count(group(middle), code);
            if (before <= wanted) {
                low = middle;
                lowCount = before;
            } else {
                high = middle;
                highCount = before;
            }
        }
        return low;
    }

    private BlockReader group(int index) {
        BlockReader block = tree.block(1 + index / OrdinalsWriter.BLOCK_GROUPS);
        int bytes = codes.groupBytes();
        block.skip((long) (index % OrdinalsWriter.BLOCK_GROUPS) * bytes);
        return block.take(bytes);
    }

    /** How often a code stands before a group. */
    private static int count(BlockReader group, int code) {
        return group.u32At((long) code * Integer.BYTES);
    }

    private long word(BlockReader group, int word, int plane) {
        long at = (long) codeCount * Integer.BYTES + ((long) word * planes + plane) * Long.BYTES;
        return group.u64At(at);
    }

    /** A bit for each of 64 ranks: whether it has the code. */
    private long equal(BlockReader group, int word, int code) {
        long equal = -1;
        for (int plane = 0; plane < planes; plane++) {
            long bits = word(group, word, plane);
            equal &= (code >>> plane & 1) == 0 ? ~bits : bits;
        }
        return equal;
    }

    private int other(int firstBlock, int index) {
        return PackedInts.get(tree, otherBlocks + firstBlock, index, codes.width());
    }

    private int checked(int value) {
        if (value < 0 || value >= domains) {
            throw file.corrupt("%d among %d ordinals".formatted(value, domains));
        }
        return value;
    }
}
