package dev.whence.merge.directory;

import dev.whence.merge.Dataset;
import dev.whence.merge.MergeOutcome;
import dev.whence.merge.Progress;
import dev.whence.merge.SortOrder;
import dev.whence.merge.Staging;
import dev.whence.merge.maintain.Deduplication;
import java.io.IOException;
import java.util.List;

/** The change that a deduplication is. */
public record Deduplicating(
        Deduplication deduplication,
        List<String> keyColumns,
        List<SortOrder> order,
        Progress progress)
        implements TableChange {

    public Deduplicating {
        keyColumns = List.copyOf(keyColumns);
        order = List.copyOf(order);
    }

    @Override
    public String operation() {
        return "deduplicate";
    }

    /** A row goes only as long as the one of its key stays that it lost to. */
    @Override
    public Reads reads() {
        return Reads.EVERYTHING;
    }

    @Override
    public MergeOutcome make(Dataset target, Staging staging) throws IOException {
        return deduplication.execute(target, keyColumns, order, staging, progress);
    }
}
