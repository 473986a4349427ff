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
 *   Block = Dataset:varint Reach:Domain Entry+     one dataset; 8 entries, or fewer once 4 KiB are full
 * RemovedTree: key: a block's first file id
 *   Facts = AddedTreeBytes Removals Tails          Tails since version 2
 *   Block = (FileIdGap:varint Dataset:varint)+     64; the first gap is the id
 * </pre>
 *
 * <p>{@code Reach} is the greatest last domain among the dataset's files up to and with this block:
 * walking back from the files that begin at or before a domain, a reader stops at the first block
 * whose reach is below it. For {@code Entry} and {@code Domain} see {@link FileEntry}.
 */
final class FilesWriter implements AutoCloseable {

    static final int ADDED_FACTS = 1;
    static final int REMOVED_FACTS = 3;
    static final int REMOVED_FACTS_BEFORE_TAILS = 2;

    /** The first version that says how many tails there are. */
    static final int TAILS_SINCE = 2;

    private static final int BLOCK_FILES = 8;
    private static final int BLOCK_BYTES = 1 << 12;
    private static final int BLOCK_REMOVALS = 64;

    private final EnvelopeWriter out;
    private final BlockTreeWriter added;
    private final BlockBuffer entry = new BlockBuffer();
    private final BlockBuffer entries = new BlockBuffer();
    private final BlockBuffer block = new BlockBuffer();
    private int entryCount;
    private long blockKey;
    private int datasetId;
    private String reach = "";
    private long files;

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
        if (file.datasetId() != datasetId || files == 0) {
            endBlock();
            datasetId = file.datasetId();
            reach = "";
        }
        if (entryCount == 0) {
            blockKey = key(datasetId, DomainKey.of(FileEntry.firstDomain(file)));
        }
        FileEntry.write(file, entry, entries);
        String last = FileEntry.lastDomain(file);
        if (last.compareTo(reach) > 0) {
            reach = last;
        }
        entryCount++;
        files++;
        if (entryCount == BLOCK_FILES || entries.length() >= BLOCK_BYTES) {
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
        long addedBytes = added.finish(files);
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
        if (entryCount == 0) {
            return;
        }
        block.varint(Integer.toUnsignedLong(datasetId));
        FileEntry.writeDomain(block, reach);
        block.put(entries);
        added.block(blockKey, block);
        block.clear();
        entries.clear();
        entryCount = 0;
    }

    private void endRemovals(BlockTreeWriter removed) throws IOException {
        if (block.length() > 0) {
            removed.block(blockKey, block);
            block.clear();
        }
    }
}
