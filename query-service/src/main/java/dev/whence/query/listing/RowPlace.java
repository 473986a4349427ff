package dev.whence.query.listing;

import dev.whence.index.Posting;

/**
 * A row of a file of the lake. Files never change, and a version's files come in one order: so this
 * is a place in its lists.
 */
public record RowPlace(long fileId, int rowGroup, long row) {

    static RowPlace of(Posting posting, long row) {
        return new RowPlace(posting.file().fileId(), posting.rowGroup(), row);
    }

    /** Whether it lies in that row group. */
    boolean isIn(Posting posting) {
        return posting.file().fileId() == fileId && posting.rowGroup() == rowGroup;
    }

    /** Whether that row group comes before its own in the list. */
    boolean isBehind(Posting posting) {
        return posting.file().fileId() < fileId
                || (posting.file().fileId() == fileId && posting.rowGroup() < rowGroup);
    }
}
