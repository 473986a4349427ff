package dev.whence.merge.directory;

import dev.whence.merge.Dataset;
import dev.whence.merge.MergeOutcome;
import dev.whence.merge.Progress;
import dev.whence.merge.Staging;
import dev.whence.merge.maintain.Compaction;
import java.io.IOException;

/** The change that a compaction is: of what is due when its turn comes. */
public record Compacting(Compaction compaction, Progress progress) implements TableChange {

    @Override
    public String operation() {
        return "compact";
    }

    /** The files that it takes out are all that matters to it. */
    @Override
    public Reads reads() {
        return Reads.NOTHING;
    }

    @Override
    public MergeOutcome make(Dataset target, Staging staging) throws IOException {
        return compaction.execute(target, compaction.plan(target), staging, progress);
    }
}
