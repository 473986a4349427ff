package dev.whence.query.lake;

import dev.whence.index.LakeFile;
import dev.whence.lake.UrlFile;
import dev.whence.lake.UrlFileOptions;
import dev.whence.store.ObjectStore;
import java.io.IOException;

/**
 * A file of the lake, opened, with what it weighs.
 *
 * @param heldBytes about how much heap it holds once its indexes have been read: they are read when
 *     they are first needed, and weighed from the start
 */
record OpenFile(UrlFile file, long heldBytes) {
    /** The schema, the file's own facts and the tail that they were read from. */
    private static final long FILE_BYTES = 32 << 10;

    /** A row group of the footer: ten columns with their offsets and statistics. */
    private static final long ROW_GROUP_BYTES = 10 << 10;

    /** A page of each of eight columns in the indexes, as bytes and as objects, bounds among it. */
    private static final long PAGE_BYTES = 8 * 384;

    /** A page of long URLs ends by its text, before it has all its rows; this much on the disk. */
    private static final long LEAST_PAGE_TEXT_BYTES = 64 << 10;

    /** Reads the footer. The weight is an estimate for pages of the usual length. */
    static OpenFile open(ObjectStore store, LakeFile known) throws IOException {
        UrlFile file = UrlFile.open(store, known.key(), known.bytes());
        long pages =
                file.rows() / UrlFileOptions.DEFAULT.pageRows()
                        + known.bytes() / LEAST_PAGE_TEXT_BYTES
                        + known.rowGroups().size();
        return new OpenFile(
                file, FILE_BYTES + known.rowGroups().size() * ROW_GROUP_BYTES + pages * PAGE_BYTES);
    }
}
