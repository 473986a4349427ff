package dev.whence.index;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.lang.foreign.MemorySegment;

/**
 * A block of added files, read in order. Not thread-safe.
 *
 * <pre>
 * Block = Bytes:varint Zstd(Files)                 Bytes: of Files
 * Files = ReachBefore:Domain Run+
 * Run   = Dataset:varint Entries:varint Entry[Entries]
 * </pre>
 *
 * <p>{@code ReachBefore} is the greatest last domain among the files that the block's first dataset
 * has in the blocks before, or empty: walking back from the files that begin at or before a domain,
 * a reader stops where the reach before is below it. For {@code Entry} and {@code Domain} see
 * {@link FileEntry}.
 *
 * <p>A block of version 1 is {@code Dataset:varint Reach:Domain Entry+}, of one dataset and not
 * compressed; its reach counts the block's own files, too.
 */
final class AddedBlock {
    private static final int MOST_FILES = 1 << 20;

    private final MappedFile file;
    private final BlockReader in;
    private final boolean compressed;
    private final String reach;
    private final int firstDataset;
    private int datasetId;
    private int left;
    private BlockReader entry;

    AddedBlock(MappedFile file, BlockReader block) {
        this.file = file;
        this.compressed = file.envelope().version() > 1;
        if (compressed) {
            this.in = decompressed(block);
            this.reach = FileEntry.readDomain(in);
            beginRun();
        } else {
            this.in = block;
            this.datasetId = readDataset();
            this.reach = FileEntry.readDomain(in);
            this.left = MOST_FILES;
        }
        this.firstDataset = datasetId;
        this.entry = in;
    }

    /** Moves to the next file; false at the end. */
    boolean next() {
        if (!in.hasRemaining()) {
            if (compressed && left > 0) {
                throw file.corrupt("a block ends %d files early".formatted(left));
            }
            return false;
        }
        if (left == 0) {
            beginRun();
        }
        left--;
        entry = FileEntry.next(in);
        return true;
    }

    /** The current file's dataset; before the first, that one's. */
    int datasetId() {
        return datasetId;
    }

    /** Whether a row group's bounds of the current file hold a domain. */
    boolean mayHold(DomainKey domain) {
        return FileEntry.mayHold(entry.fork(), domain);
    }

    LakeFile file() {
        return FileEntry.read(entry.fork(), datasetId);
    }

    /** False if no file of the block can hold a domain of its first dataset. */
    boolean reaches(DomainKey domain) {
        return compressed || reach.compareTo(domain.toString()) >= 0;
    }

    /** Whether blocks before this one may have files of a dataset that hold a domain. */
    boolean earlierMayHold(int dataset, DomainKey domain) {
        return firstDataset == dataset && (!compressed || reach.compareTo(domain.toString()) >= 0);
    }

    /**
     * Whether the reach is right for the current file.
     *
     * @param before how far the dataset's files in earlier blocks reach
     * @param with how far they and those of this block reach, up to the current
     */
    boolean isCovered(String before, String with) {
        return compressed
                ? datasetId != firstDataset || reach.equals(before)
                : reach.compareTo(with) >= 0;
    }

    private void beginRun() {
        datasetId = readDataset();
        left = in.varint(MOST_FILES);
        if (left == 0) {
            throw file.corrupt("a run without files at %d".formatted(in.position()));
        }
    }

    private int readDataset() {
        long dataset = in.varint();
        if (dataset < 0 || dataset > 0xFFFF_FFFFL) {
            throw file.corrupt("dataset beyond 2^32 at %d".formatted(in.position()));
        }
        return (int) dataset;
    }

    private BlockReader decompressed(BlockReader block) {
        byte[] files = new byte[block.varint(BlockTreeWriter.MAX_BLOCK_BYTES)];
        byte[] zstd = block.toArray(BlockTreeWriter.MAX_BLOCK_BYTES);
        long found;
        try {
            found = Zstd.decompressByteArray(files, 0, files.length, zstd, 0, zstd.length);
        } catch (ZstdException e) {
            throw file.corrupt("a block that is no zstd: " + e.getMessage());
        }
        if (found != files.length) {
            throw file.corrupt(
                    "a block of %d bytes expected, found %d".formatted(files.length, found));
        }
        return new BlockReader(file, MemorySegment.ofArray(files), 0, files.length);
    }
}
