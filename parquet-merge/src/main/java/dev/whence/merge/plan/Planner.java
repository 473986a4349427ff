package dev.whence.merge.plan;

import dev.whence.merge.DataFile;
import dev.whence.merge.Dataset;
import dev.whence.merge.MergeRequest;
import dev.whence.merge.MergeSettings;
import dev.whence.merge.Progress;
import dev.whence.merge.Progress.Phase;
import dev.whence.merge.file.Footers;
import dev.whence.merge.file.SideBySide;
import dev.whence.merge.rows.Reading;
import dev.whence.merge.rows.SourceReader;
import dev.whence.merge.rows.SourceRows;
import dev.whence.merge.rows.TableSpec;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Plans one merge: reads the source, then looks at each file of the target. */
public final class Planner {
    /** Part of a thread's memory that the summaries of all key columns share. */
    private static final int RANGES_SHARE = 4;

    private final MergeRequest request;
    private final MergeSettings settings;
    private final Path scratch;
    private final Arena arena;
    private final Progress progress;

    /**
     * @param arena keeps what is on scratch disk; its owner closes it when the merge is over
     */
    public Planner(
            MergeRequest request,
            MergeSettings settings,
            Path scratch,
            Arena arena,
            Progress progress) {
        this.request = request;
        this.settings = settings;
        this.scratch = scratch;
        this.arena = arena;
        this.progress = progress;
    }

    public Planned plan(Dataset target, Dataset source) throws IOException {
        var footers = new Footers(target.store(), settings.memoryBytes());
        TableSpec table =
                TableSpecs.of(target, footers, source, request.keyColumns(), settings.threads());
        SourceRows rows = read(source, table);
        try (Matches matches = new Matches(scratch)) {
            var files =
                    new FilePlanner(
                            footers,
                            table,
                            request,
                            rows,
                            settings.pruning(),
                            Deadline.in(settings.planningTime()),
                            matches);
            List<Callable<FilePlan>> tasks = new ArrayList<>();
            var done = new AtomicInteger();
            for (int i = 0; i < target.files().size(); i++) {
                int number = i;
                DataFile file = target.files().get(i);
                tasks.add(() -> {
                    FilePlan plan = files.plan(number, file);
                    progress.at(Phase.PLAN, done.incrementAndGet(), tasks.size());
                    return plan;
                });
            }
            List<FilePlan> plans = SideBySide.run(settings.threads(), tasks);
            matches.seal(arena);
            return new Planned(table, request.keyColumns(), footers, rows, plans, matches);
        }
    }

    /** Looks at the keys that planning left out, so that the rewriting knows every match. */
    public Planned complete(Planned planned) throws IOException {
        if (planned.isComplete()) {
            return planned;
        }
        try (Matches matches = new Matches(scratch)) {
            var files =
                    new FilePlanner(
                            planned.footers(),
                            planned.table(),
                            request,
                            planned.source(),
                            MergeSettings.Pruning.KEYS,
                            Deadline.in(Duration.ofDays(Integer.MAX_VALUE)),
                            matches);
            matches.addAll(planned.matches());
            List<Callable<FilePlan>> tasks = new ArrayList<>();
            planned.files().forEach(plan -> tasks.add(() -> files.complete(plan)));
            List<FilePlan> plans = SideBySide.run(settings.threads(), tasks);
            matches.seal(arena);
            return new Planned(
                    planned.table(),
                    planned.keyColumns(),
                    planned.footers(),
                    planned.source(),
                    plans,
                    matches);
        }
    }

    private SourceRows read(Dataset source, TableSpec table) throws IOException {
        long rangeBytes =
                settings.memoryBytes() / RANGES_SHARE / Math.max(1, request.keyColumns().size());
        try (SourceReader reader =
                new SourceReader(table, Reading.of(request, table), scratch, rangeBytes, arena)) {
            return reader.read(source, progress);
        }
    }
}
