package dev.whence.merge.directory;

import dev.whence.merge.Dataset;
import dev.whence.merge.MergeOutcome;
import dev.whence.merge.Staging;
import java.io.IOException;

/** Makes new files of a table out of those that it has; tried again where others were faster. */
public interface TableChange {

    /** What it is, for people: the strategy of a merge, or {@code compact}. */
    String operation();

    /** What it looks at, beside the files that it takes out. */
    Reads reads();

    /**
     * Stages what shall be new.
     *
     * @param target the table's files at this moment
     */
    MergeOutcome make(Dataset target, Staging staging) throws IOException;
}
