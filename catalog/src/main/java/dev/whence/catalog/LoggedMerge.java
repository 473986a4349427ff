package dev.whence.catalog;

import java.util.List;

/**
 * A batch, or some that follow one another, that is merged into its dataset and not added to it.
 *
 * @param after how many of its entry's {@link LogEntry#files} take effect before it
 * @param sources files with its rows, in their order: the last row of a URL counts. They are never
 *     part of the lake, and retired when the merge is done
 */
public record LoggedMerge(int datasetId, Effect effect, int after, List<LandingFile> sources) {
    public LoggedMerge {
        sources = List.copyOf(sources);
    }

    public long rows() {
        return sources.stream().mapToLong(LandingFile::rows).sum();
    }

    public long bytes() {
        return sources.stream().mapToLong(LandingFile::bytes).sum();
    }
}
