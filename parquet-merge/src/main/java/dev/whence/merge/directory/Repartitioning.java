package dev.whence.merge.directory;

import dev.whence.merge.Dataset;
import dev.whence.merge.MergeOutcome;
import dev.whence.merge.Progress;
import dev.whence.merge.Staging;
import dev.whence.merge.maintain.Repartition;
import java.io.IOException;
import java.util.List;

/**
 * The change that a repartition is.
 *
 * @param columns of the new paths, outermost first
 */
public record Repartitioning(Repartition repartition, List<String> columns, Progress progress)
        implements TableChange {

    public Repartitioning {
        columns = List.copyOf(columns);
    }

    @Override
    public String operation() {
        return "repartition";
    }

    /** A file that somebody adds would be in the old partitions. */
    @Override
    public Reads reads() {
        return Reads.EVERYTHING;
    }

    @Override
    public MergeOutcome make(Dataset target, Staging staging) throws IOException {
        return repartition.execute(target, columns, staging, progress);
    }
}
