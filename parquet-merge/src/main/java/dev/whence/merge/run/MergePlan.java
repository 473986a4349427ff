package dev.whence.merge.run;

import dev.whence.merge.MergeRequest;
import dev.whence.merge.PlanSummary;
import dev.whence.merge.RewriteMode;
import dev.whence.merge.plan.Choice;
import dev.whence.merge.plan.Planned;
import dev.whence.merge.plan.Summaries;
import dev.whence.store.CountingObjectStore;
import java.lang.foreign.Arena;

/**
 * What a merge will do and why, decided once. Holds the source's rows on scratch disk until it is
 * closed; otherwise immutable.
 */
public final class MergePlan implements AutoCloseable {
    private final MergeRequest request;
    private final Planned planned;
    private final Choice choice;
    private final CountingObjectStore targetReads;
    private final CountingObjectStore sourceReads;
    private final Arena arena;

    MergePlan(
            MergeRequest request,
            Planned planned,
            Choice choice,
            CountingObjectStore targetReads,
            CountingObjectStore sourceReads,
            Arena arena) {
        this.request = request;
        this.planned = planned;
        this.choice = choice;
        this.targetReads = targetReads;
        this.sourceReads = sourceReads;
        this.arena = arena;
    }

    public MergeRequest request() {
        return request;
    }

    /** The mode that will be carried out: full or incremental. */
    public RewriteMode mode() {
        return choice.mode();
    }

    public PlanSummary summary() {
        return Summaries.of(planned, request, choice);
    }

    /** Bytes read of target and source so far. */
    public long bytesRead() {
        return targetReads.counts().bytesRead() + sourceReads.counts().bytesRead();
    }

    Planned planned() {
        return planned;
    }

    Arena arena() {
        return arena;
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
