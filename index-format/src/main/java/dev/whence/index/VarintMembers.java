package dev.whence.index;

/** A place in one block of {@code members} as version 1 had it. Not thread-safe. */
final class VarintMembers implements MemberEntries {

    private static final long MOST_DATASET = 0xFFFF_FFFFL;

    private final MappedFile file;
    private final BlockReader in;
    private long entryEnd;
    private int ordinal;
    private long dataset;
    private long change;

    VarintMembers(MappedFile file, BlockReader in) {
        this.file = file;
        this.in = in;
    }

    @Override
    public boolean seek(int wanted) {
        while (nextEntry()) {
            if (ordinal >= wanted) {
                return ordinal == wanted;
            }
            in.skip(entryEnd - in.position());
        }
        return false;
    }

    @Override
    public boolean nextEntry() {
        if (!in.hasRemaining()) {
            return false;
        }
        ordinal += in.varint(Integer.MAX_VALUE - ordinal);
        int bytes = in.varint(BlockTreeWriter.MAX_BLOCK_BYTES);
        in.need(bytes);
        entryEnd = in.position() + bytes;
        dataset = 0;
        return true;
    }

    @Override
    public boolean nextPair() {
        if (in.position() >= entryEnd) {
            return false;
        }
        long next = dataset + in.varint();
        if (next < dataset || next > MOST_DATASET) {
            throw file.corrupt("dataset beyond 2^32 at %d".formatted(in.position()));
        }
        dataset = next;
        change = in.zigzag();
        return true;
    }

    @Override
    public int ordinal() {
        return ordinal;
    }

    @Override
    public int datasetId() {
        return (int) dataset;
    }

    @Override
    public long change() {
        return change;
    }
}
