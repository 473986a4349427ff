package dev.whence.index;

import com.github.luben.zstd.Zstd;
import java.util.Arrays;

/** Puts the blocks of added files together that {@link AddedBlock} reads; not thread-safe. */
final class AddedBlockWriter {
    /** Names of files differ in little: most of what can be won is won early. */
    private static final int LEVEL = 9;

    private final BlockBuffer entry = new BlockBuffer();
    private final BlockBuffer run = new BlockBuffer();
    private final BlockBuffer runs = new BlockBuffer();
    private final BlockBuffer whole = new BlockBuffer();
    private int runFiles;
    private int files;
    private int datasetId;
    private String reach = "";

    /** The reach of the block's first dataset before it. */
    private String reachBefore = "";

    boolean isEmpty() {
        return files == 0;
    }

    /** How many files stand in the block that is being filled. */
    int files() {
        return files;
    }

    /** About how many bytes they have before they are compressed. */
    int bytes() {
        return runs.length() + run.length();
    }

    /** Adds a file, in the order of {@link FileEntry#ORDER} over all blocks. */
    void add(LakeFile file) {
        if (file.datasetId() != datasetId) {
            endRun();
            datasetId = file.datasetId();
            reach = "";
        }
        if (files == 0) {
            reachBefore = reach;
        }
        FileEntry.write(file, entry, run);
        String last = FileEntry.lastDomain(file);
        if (last.compareTo(reach) > 0) {
            reach = last;
        }
        runFiles++;
        files++;
    }

    /** Puts what was added into a block, and begins the next. */
    void end(BlockBuffer block) {
        endRun();
        whole.clear();
        FileEntry.writeDomain(whole, reachBefore);
        whole.put(runs);
        byte[] compressed = Zstd.compress(Arrays.copyOf(whole.array(), whole.length()), LEVEL);
        block.varint(whole.length());
        block.put(compressed, 0, compressed.length);
        runs.clear();
        files = 0;
    }

    private void endRun() {
        if (runFiles > 0) {
            runs.varint(Integer.toUnsignedLong(datasetId));
            runs.varint(runFiles);
            runs.put(run);
            run.clear();
            runFiles = 0;
        }
    }
}
