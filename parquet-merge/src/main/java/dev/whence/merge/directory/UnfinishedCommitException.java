package dev.whence.merge.directory;

import java.io.IOException;

/**
 * A change that is committed, for good, while its files are not all in their places: whoever opens
 * the table for writing next moves them. Readers of the chain see it already.
 */
public final class UnfinishedCommitException extends IOException {
    private static final long serialVersionUID = 1L;

    UnfinishedCommitException(TableCommit commit, IOException cause) {
        super(
                "commit %d (%s) is done, but its files could not all be moved to their places; the next command on this table does it: %s"
                        .formatted(commit.number(), commit.operation(), cause.getMessage()),
                cause);
    }
}
