package dev.whence.index;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads {@code members}: the changes of one ordinal, or all in order. Thread-safe. */
final class Members {

    private final MappedFile file;
    private final MemorySegment payload;
    private final BlockTree tree;

    Members(MappedFile file) throws IOException {
        this.file = file;
        this.payload = file.payload();
        this.tree = new BlockTree(file, payload, MembersWriter.FACTS);
    }

    MappedFile file() {
        return file;
    }

    /** How many ordinals are touched, as the file says. */
    long ordinals() {
        return tree.fact(0);
    }

    /** How many (domain, dataset) pairs changed, as the file says. */
    long pairs() {
        return tree.fact(1);
    }

    /** Adds an ordinal's changes to the sums. */
    void addTo(DatasetSums sums, int ordinal) {
        BlockTree.Block last = tree.floor(ordinal);
        if (last == null) {
            return;
        }
        sums.beginSegment();
        if (last.key() == ordinal) {
            addBlocksBefore(sums, last.index(), ordinal);
        }
        addBlock(sums, last.in(), ordinal);
        sums.endSegment();
    }

    /** An ordinal that a block begins with may have begun in blocks before it. */
    private void addBlocksBefore(DatasetSums sums, int last, int ordinal) {
        int first = last;
        while (first > 0 && tree.key(first) == ordinal) {
            first--;
        }
        for (int block = first; block < last; block++) {
            addBlock(sums, tree.block(block), ordinal);
        }
    }

    private void addBlock(DatasetSums sums, BlockReader in, int ordinal) {
        MemberEntries entries = entries(in);
        if (entries.seek(ordinal)) {
            while (entries.nextPair()) {
                sums.add(entries.datasetId(), entries.change());
            }
        }
    }

    private MemberEntries entries(BlockReader in) {
        return file.envelope().version() == 1
                ? new VarintMembers(file, in)
                : new CodedMembers(file, payload, in);
    }

    Cursor cursor() {
        return new Cursor();
    }

    /** A place among all pairs, in order. Not thread-safe. */
    final class Cursor {
        private @Nullable MemberEntries entries;
        private int nextBlock;

        /** Moves to the next pair; false at the end. */
        boolean next() {
            while (entries == null || !entries.nextPair()) {
                if (entries == null || !entries.nextEntry()) {
                    if (nextBlock == tree.blocks()) {
                        return false;
                    }
                    entries = entries(tree.block(nextBlock++));
                }
            }
            return true;
        }

        long pair() {
            MemberEntries here = Objects.requireNonNull(entries);
            return Pair.of(here.ordinal(), here.datasetId());
        }

        long change() {
            return Objects.requireNonNull(entries).change();
        }
    }
}
