package dev.whence.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;

/**
 * Writes {@code datasets.roar}: for each dataset (as unsigned numbers, ascending) and slice of
 * ordinals that a segment touches, the ordinals that the dataset gained and lost.
 *
 * <pre>
 * Payload = Tree                    key: the block's first dataset, above its slice
 * Facts   = Entries Gained Lost
 * Block   = Entry+                  until 4 KiB are full
 * Entry   = DatasetGap:varint Slice:varint GainedBytes:varint LostBytes:varint Gained Lost
 * </pre>
 *
 * <p>{@code Gained} and {@code Lost} are Roaring bitmaps in the portable format, over whole
 * ordinals; no bytes for an empty one. An entry has a mebibyte at most, whatever the dataset's
 * size.
 */
final class DatasetBitmapsWriter implements AutoCloseable {

    static final int FACTS = 3;
    private static final int BLOCK_BYTES = 1 << 12;

    private final EnvelopeWriter out;
    private final BlockTreeWriter tree;
    private final BlockBuffer block = new BlockBuffer();
    private long blockKey;
    private long dataset;
    private long entries;
    private long gained;
    private long lost;

    DatasetBitmapsWriter(Path directory, Envelope envelope) throws IOException {
        this.out = new EnvelopeWriter(directory, envelope);
        this.tree = new BlockTreeWriter(out);
    }

    /** Adds a slice; nothing is written for one without change. Keys ascend. */
    void add(SliceChange change) throws IOException {
        if (change.isEmpty()) {
            return;
        }
        long datasetId = Integer.toUnsignedLong(change.datasetId());
        if (block.length() == 0) {
            blockKey = change.key();
            dataset = 0;
        }
        byte[] gainedBytes = portable(change.gained());
        byte[] lostBytes = portable(change.lost());
        block.varint(datasetId - dataset);
        block.varint(change.slice());
        block.varint(gainedBytes.length);
        block.varint(lostBytes.length);
        block.put(gainedBytes, 0, gainedBytes.length);
        block.put(lostBytes, 0, lostBytes.length);
        dataset = datasetId;
        entries++;
        gained += change.gained().getLongCardinality();
        lost += change.lost().getLongCardinality();
        if (block.length() >= BLOCK_BYTES) {
            endBlock();
        }
    }

    BlockFile finish() throws IOException {
        endBlock();
        tree.finish(entries, gained, lost);
        return out.finish();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void endBlock() throws IOException {
        if (block.length() > 0) {
            tree.block(blockKey, block);
            block.clear();
        }
    }

    private static byte[] portable(ImmutableRoaringBitmap bitmap) {
        if (bitmap.isEmpty()) {
            return new byte[0];
        }
        var compact = bitmap.toMutableRoaringBitmap();
        compact.runOptimize();
        ByteBuffer bytes = ByteBuffer.allocate(compact.serializedSizeInBytes());
        compact.serialize(bytes);
        return bytes.array();
    }
}
