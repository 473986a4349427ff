package dev.whence.merge.rewrite;

import dev.whence.merge.DataFile;
import dev.whence.merge.Fate;
import dev.whence.merge.FileOutcome;
import dev.whence.merge.FileStyle;
import dev.whence.merge.MergeSettings;
import dev.whence.merge.Progress;
import dev.whence.merge.Staging;
import dev.whence.merge.file.Footers;
import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.file.SideBySide;
import dev.whence.merge.file.SortColumn;
import dev.whence.merge.plan.FilePlan;
import dev.whence.merge.rows.SourceRows;
import dev.whence.merge.rows.TableSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Takes rows out of their files that lost to another one of their key. */
public final class Removal {
    private final TableSpec table;
    private final Footers footers;
    private final FileStyle style;
    private final MergeSettings settings;
    private final Staging staging;
    private final ScratchNames scratch;
    private final Progress progress;
    private final PageLevels levels = new PageLevels();
    private final LongAdder copiedBytes = new LongAdder();

    public Removal(
            TableSpec table,
            Footers footers,
            FileStyle style,
            MergeSettings settings,
            Staging staging,
            Path scratch,
            Progress progress)
            throws IOException {
        this.table = table;
        this.footers = footers;
        this.style = style;
        this.settings = settings;
        this.staging = staging;
        this.scratch = new ScratchNames(scratch);
        this.progress = progress;
    }

    /**
     * Writes the files anew that lose a row.
     *
     * @param firstRows the number of each file's first row among the keys
     * @param keys of all rows of all files, in their order
     */
    public List<FileOutcome> run(List<DataFile> files, List<Integer> firstRows, SourceRows keys)
            throws IOException {
        var done = new AtomicInteger();
        List<Callable<FileOutcome>> tasks = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            int number = i;
            tasks.add(() -> {
                FileOutcome outcome = remove(files.get(number), number, firstRows, keys);
                progress.at(Progress.Phase.REWRITE, done.incrementAndGet(), files.size());
                return outcome;
            });
        }
        return SideBySide.run(settings.threads(), tasks);
    }

    /** Bytes of the new files that were taken as they were stored. */
    public long copiedBytes() {
        return copiedBytes.sum();
    }

    private FileOutcome remove(DataFile file, int number, List<Integer> firstRows, SourceRows keys)
            throws IOException {
        Path path = scratch.next();
        try (ParquetInput input = footers.open(file)) {
            int first = firstRows.get(number);
            int rows = (int) input.rows();
            if (keys.losers(first, first + rows) == 0) {
                return new FileOutcome(Fate.PRESERVED, Optional.of(file), Optional.of(file), rows);
            }
            var plan = new FilePlan(number, file, List.of());
            FileRewrite.Result result =
                    new FileRewrite(
                                    table,
                                    keys,
                                    new Losers(first, keys),
                                    style,
                                    levels,
                                    false,
                                    plan,
                                    input)
                            .write(path);
            if (result.rows() == 0) {
                return new FileOutcome(Fate.REMOVED, Optional.of(file), Optional.empty(), 0);
            }
            copiedBytes.add(result.copiedBytes());
            DataFile after = scratch.stage(staging, file.partition(), path, result.bytes());
            return new FileOutcome(
                    Fate.REWRITTEN, Optional.of(file), Optional.of(after), result.rows());
        } finally {
            Files.deleteIfExists(path);
        }
    }

    /** Rows that lost leave, all others stay. */
    private record Losers(int firstRow, SourceRows keys) implements Splicing {
        @Override
        public Splice splice(ParquetInput input, FilePlan file, int group, List<SortColumn> order) {
            int row = firstRow;
            for (int i = 0; i < group; i++) {
                row += (int) input.rowGroups().get(i).getRowCount();
            }
            int end = row + (int) input.rowGroups().get(group).getRowCount();
            var splice = new Splice.Builder();
            for (; row < end; row++) {
                if (keys.counts(row)) {
                    splice.keep(1);
                } else {
                    splice.skip(1);
                }
            }
            return splice.build();
        }

        @Override
        public boolean keepsOrder(List<SortColumn> order) {
            return true;
        }
    }
}
