package dev.whence.index;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Writes {@code ordinals}: for a generation whose ordinals no longer follow its order, how its
 * {@linkplain OrdinalRun runs} lie between each other. Ordinals count from the generation's first.
 *
 * <pre>
 * Payload = Tree                              key: the block's number
 * Facts   = Domains
 * Tree    = Runs Groups* OrdinalsOfOthers* RanksOfOthers*
 * Runs    = Count:varint (Gap:varint Length:varint)[Count]      ascending; Gap: after the run before
 * Groups  = Group[8]                          fewer in the last
 * Group   = Before:u32[Codes] Word[8]         512 ranks
 * Word    = Plane:u64[Planes]                 64 ranks: bit r of plane p is bit p of the code of r
 * </pre>
 *
 * <p>A rank's code is the number of its ordinal's run, or {@code Count} for an ordinal that is in
 * none. {@code Codes} is {@code Count}, and one more if there are such others; {@code Planes} are
 * the bits of {@code Codes - 1}. {@code Before} says how many ranks before the group have each
 * code. Of the others, the ordinals stand in the order of their ranks and then the ranks in the
 * order of their ordinals, as {@link PackedInts} with the bits of {@code Domains - 1}.
 */
final class OrdinalsWriter implements AutoCloseable {

    static final int FACTS = 1;
    static final int BLOCK_GROUPS = 8;
    private static final String SCRATCH = "ordinals.scratch";

    private final EnvelopeWriter out;
    private final BlockTreeWriter tree;
    private final OrdinalCodes codes;
    private final Path scratch;
    private final Arena arena = Arena.ofConfined();

    /** The others' ordinals by rank, then their ranks by ordinal; outside the heap. */
    private final MemorySegment others;

    private final int[] before;
    private final long[] words;
    private final BlockBuffer groups = new BlockBuffer();
    private int rank;
    private long key;

    OrdinalsWriter(Path directory, Envelope envelope, OrdinalCodes codes) throws IOException {
        this.codes = codes;
        this.before = new int[codes.codes()];
        this.words = new long[OrdinalCodes.WORDS * codes.planes()];
        this.scratch = directory.resolve(SCRATCH);
        this.out = new EnvelopeWriter(directory, envelope);
        this.tree = new BlockTreeWriter(out);
        boolean opened = false;
        try {
            this.others = mapScratch(2L * codes.others() * Integer.BYTES);
            writeRuns();
            opened = true;
        } finally {
            if (!opened) {
                close();
            }
        }
    }

    static int groupBlocks(int groups) {
        return (groups + BLOCK_GROUPS - 1) / BLOCK_GROUPS;
    }

    /**
     * Adds the ordinal of the next rank.
     *
     * @throws IllegalArgumentException if it does not fit what was added before
     */
    void add(int ordinal) throws IOException {
        int inGroup = rank % OrdinalCodes.GROUP_RANKS;
        if (inGroup == 0) {
            Arrays.stream(before).forEach(groups::u32);
        }
        int code = codes.codeOf(ordinal);
        int nth = before[code]++;
        if (code == codes.runs()) {
            require(nth < codes.others(), ordinal);
            others.setAtIndex(ValueLayout.JAVA_INT, nth, ordinal);
            long inverse = (long) codes.others() + codes.otherOf(ordinal);
            others.setAtIndex(ValueLayout.JAVA_INT, inverse, rank);
        } else {
            require(codes.run(code).start() + nth == ordinal, ordinal);
        }
        int word = inGroup / Long.SIZE * codes.planes();
        for (int plane = 0; plane < codes.planes(); plane++) {
            words[word + plane] |= (long) (code >>> plane & 1) << rank;
        }
        rank++;
        if (rank % OrdinalCodes.GROUP_RANKS == 0) {
            endGroup();
        }
    }

    BlockFile finish() throws IOException {
        if (rank % OrdinalCodes.GROUP_RANKS > 0) {
            endGroup();
        }
        endBlock();
        int width = codes.width();
        int count = codes.others();
        key = PackedInts.write(tree, key, count, width, index -> other(index));
        PackedInts.write(tree, key, count, width, index -> other((long) count + index));
        tree.finish(rank);
        return out.finish();
    }

    @Override
    public void close() throws IOException {
        try (out) {
            arena.close();
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    private static void require(boolean fits, int ordinal) {
        if (!fits) {
            throw new IllegalArgumentException(
                    "ordinal %d is out of order, or not the only one".formatted(ordinal));
        }
    }

    private int other(long index) {
        return others.getAtIndex(ValueLayout.JAVA_INT, index);
    }

    private void writeRuns() throws IOException {
        BlockBuffer runs = new BlockBuffer();
        runs.varint(codes.runs());
        int end = 0;
        for (int code = 0; code < codes.runs(); code++) {
            OrdinalRun run = codes.run(code);
            runs.varint(run.start() - end);
            runs.varint(run.length());
            end = run.end();
        }
        tree.block(key++, runs);
    }

    private void endGroup() throws IOException {
        for (long word : words) {
            groups.u64(word);
        }
        Arrays.fill(words, 0);
        if (groups.length() == BLOCK_GROUPS * codes.groupBytes()) {
            endBlock();
        }
    }

    private void endBlock() throws IOException {
        if (groups.length() > 0) {
            tree.block(key++, groups);
            groups.clear();
        }
    }

    private MemorySegment mapScratch(long bytes) throws IOException {
        if (bytes == 0) {
            return MemorySegment.NULL;
        }
        try (FileChannel channel =
                FileChannel.open(
                        scratch,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE_NEW)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
        }
    }
}
