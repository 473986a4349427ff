package dev.whence.indexer;

import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.LoggedMerge;
import dev.whence.catalog.QueuedStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One thing that an entry of the log does to a dataset. */
sealed interface Step {

    int datasetId();

    /** When its entry was. */
    Instant committedAt();

    /** As it stands in a queue. */
    QueuedStep queued();

    /** A landing file is added. */
    record Add(LandingFile file, Instant committedAt) implements Step {
        @Override
        public int datasetId() {
            return file.datasetId();
        }

        @Override
        public QueuedStep queued() {
            return new QueuedStep(file, null, committedAt);
        }
    }

    /** A batch is merged. */
    record Merge(LoggedMerge merge, Instant committedAt) implements Step {
        @Override
        public int datasetId() {
            return merge.datasetId();
        }

        @Override
        public QueuedStep queued() {
            return new QueuedStep(null, merge, committedAt);
        }

        /** Whether both do together what they do one after the other. */
        boolean canBeJoinedBy(Merge next) {
            return merge.effect().canBeJoined()
                    && merge.effect().equals(next.merge().effect())
                    && datasetId() == next.datasetId();
        }

        /** Both as one: the last row of a URL counts. */
        Merge joinedBy(Merge next) {
            var sources = new ArrayList<>(merge.sources());
            sources.addAll(next.merge().sources());
            return new Merge(
                    new LoggedMerge(datasetId(), merge.effect(), next.merge().after(), sources),
                    next.committedAt());
        }

        /** Whether it takes away all that its dataset holds. */
        boolean isRetraction() {
            return merge.effect().all();
        }
    }

    /** The steps of an entry, in the order in which they take effect. */
    static List<Step> of(LogEntry entry) {
        var steps = new ArrayList<Step>();
        int next = 0;
        for (LoggedMerge merge : entry.mergesInOrder()) {
            for (; next < merge.after(); next++) {
                steps.add(new Add(entry.files().get(next), entry.committedAt()));
            }
            steps.add(new Merge(merge, entry.committedAt()));
        }
        for (; next < entry.files().size(); next++) {
            steps.add(new Add(entry.files().get(next), entry.committedAt()));
        }
        return steps;
    }

    /**
     * The same steps, those as one that can be: a dataset to which little batches come all the time
     * is then looked through once for many of them.
     */
    static List<Step> joined(List<Step> steps) {
        var joined = new ArrayList<Step>();
        for (Step step : steps) {
            if (!joined.isEmpty()
                    && joined.getLast() instanceof Merge last
                    && step instanceof Merge next
                    && last.canBeJoinedBy(next)) {
                joined.set(joined.size() - 1, last.joinedBy(next));
            } else {
                joined.add(step);
            }
        }
        return joined;
    }

    /** A step that was queued. */
    static Step of(QueuedStep queued) {
        LandingFile file = queued.file();
        return file == null
                ? new Merge(Objects.requireNonNull(queued.merge()), queued.committedAt())
                : new Add(file, queued.committedAt());
    }
}
