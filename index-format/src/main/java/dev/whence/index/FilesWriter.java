package dev.whence.index;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes {@code files}: the files that a segment adds, by dataset and first domain, then the ids of
 * those that it removes from older segments.
 *
 * <pre>
 * Payload = AddedTree RemovedTree
 * AddedTree:   key: Dataset:u32 and the first four bytes of the first file's first domain
 *   Facts = Files
 *   Block = see {@link AddedBlock}               32 files, or fewer once they have 8 KiB
 * RemovedTree: key: a block's first file id
 *   Facts = AddedTreeBytes Removals Tails          Tails since version 3
 *   Block = (FileIdGap:varint Dataset:varint)+     64; the first gap is the id
 * </pre>
 */
final class FilesWriter implements AutoCloseable {

    static final int ADDED_FACTS = 1;
    static final int REMOVED_FACTS = 3;
    static final int REMOVED_FACTS_BEFORE_TAILS = 2;

    /** The first version that says how many tails there are. */
    static final int TAILS_SINCE = 3;

    private static final int BLOCK_FILES = 32;
    private static final int BLOCK_BYTES = 1 << 13;
    private static final int BLOCK_REMOVALS = 64;

    private final EnvelopeWriter out;
    private final BlockTreeWriter added;
    private final AddedBlockWriter files = new AddedBlockWriter();
    private final BlockBuffer block = new BlockBuffer();
    private long blockKey;
    private long fileCount;

    FilesWriter(Path directory, Envelope envelope) throws IOException {
        this.out = new EnvelopeWriter(directory, envelope);
        this.added = new BlockTreeWriter(out);
    }

    static long key(int datasetId, DomainKey firstDomain) {
        return firstKey(datasetId) | firstDomain.prefix() >>> Integer.SIZE;
    }

    static long firstKey(int datasetId) {
        return Integer.toUnsignedLong(datasetId) << Integer.SIZE;
    }

    /** Adds a file, in the order of {@link FileEntry#ORDER}. */
    void add(LakeFile file) throws IOException {
        if (files.isEmpty()) {
            blockKey = key(file.datasetId(), DomainKey.of(FileEntry.firstDomain(file)));
        }
        files.add(file);
        fileCount++;
        if (files.files() == BLOCK_FILES || files.bytes() >= BLOCK_BYTES) {
            endBlock();
        }
    }

    /**
     * Ends the added files and writes the removed ones: distinct, ascending by id.
     *
     * @param tails how many of the added files have one
     */
    BlockFile finish(RemovalCursor removals, long tails) throws IOException {
        endBlock();
        long addedBytes = added.finish(fileCount);
        BlockTreeWriter removed = new BlockTreeWriter(out);
        long count = 0;
        long last = 0;
        while (removals.next()) {
            if (count % BLOCK_REMOVALS == 0) {
                endRemovals(removed);
                blockKey = removals.fileId();
                last = 0;
            }
            block.varint(removals.fileId() - last);
            block.varint(Integer.toUnsignedLong(removals.datasetId()));
            last = removals.fileId();
            count++;
        }
        endRemovals(removed);
        removed.finish(addedBytes, count, tails);
        return out.finish();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void endBlock() throws IOException {
        if (!files.isEmpty()) {
            files.end(block);
            added.block(blockKey, block);
            block.clear();
        }
    }

    private void endRemovals(BlockTreeWriter removed) throws IOException {
        if (block.length() > 0) {
            removed.block(blockKey, block);
            block.clear();
        }
    }
}
