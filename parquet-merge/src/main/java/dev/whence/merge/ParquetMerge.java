package dev.whence.merge;

import java.io.IOException;
import java.nio.file.Path;

/** Merges a source into a target, both any Parquet datasets. Thread-safe. */
@SuppressWarnings("DoNotCallSuggester")
public final class ParquetMerge {

    /**
     * @param scratch a local directory for the source's rows and files in the making
     */
    public ParquetMerge(Path scratch, MergeSettings settings) {
        throw new UnsupportedOperationException(scratch + " " + settings);
    }

    /**
     * Decides what to do; writes nothing.
     *
     * @throws MergeRefusedException if the source does not fit the target
     * @throws UnreadableFileException if a file cannot be read
     */
    public MergePlan plan(Dataset target, Dataset source, MergeRequest request, Progress progress)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Writes the new files. The caller commits what comes back, or leaves it to be swept. */
    public MergeOutcome execute(MergePlan plan, Staging staging, Progress progress)
            throws IOException {
        throw new UnsupportedOperationException();
    }
}
