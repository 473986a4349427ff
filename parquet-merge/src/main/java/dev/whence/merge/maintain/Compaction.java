package dev.whence.merge.maintain;

import dev.whence.merge.DataFile;
import dev.whence.merge.Dataset;
import dev.whence.merge.FileOutcome;
import dev.whence.merge.FileStyle;
import dev.whence.merge.MergeOutcome;
import dev.whence.merge.MergeSettings;
import dev.whence.merge.Progress;
import dev.whence.merge.Staging;
import dev.whence.merge.rows.Partitioner;
import dev.whence.merge.rows.Reading;
import dev.whence.merge.rows.TableSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts small files together, size-tiered: the rows of a group, in the table's order, become one
 * file, or a few if they are many. Not a row more or less. Thread-safe.
 */
public final class Compaction {
    private final Path scratch;
    private final MergeSettings settings;
    private final FileStyle style;
    private final CompactionRules rules;
    private final Optional<Partitioner.Factory> partitioners;

    /** Rows stay in their partition. */
    public Compaction(
            Path scratch, MergeSettings settings, FileStyle style, CompactionRules rules) {
        this(scratch, settings, style, rules, Optional.empty());
    }

    /**
     * Rows go where they belong by now.
     *
     * @param partitioners say where; empty to leave them where they are
     */
    public Compaction(
            Path scratch,
            MergeSettings settings,
            FileStyle style,
            CompactionRules rules,
            Optional<Partitioner.Factory> partitioners) {
        this.scratch = scratch;
        this.settings = settings;
        this.style = style;
        this.rules = rules;
        this.partitioners = partitioners;
    }

    /** Decides by the sizes of the files alone; reads and writes nothing. */
    public CompactionPlan plan(Dataset target) {
        return CompactionPlan.of(target.files(), rules);
    }

    /** Writes the new files. The caller commits what comes back, or leaves it to be swept. */
    public MergeOutcome execute(
            Dataset target, CompactionPlan plan, Staging staging, Progress progress)
            throws IOException {
        var upkeep = new Upkeep(target, settings);
        var moving = new Moving(scratch, settings, style, rules.fileBytes());
        List<FileOutcome> outcomes = new ArrayList<>();
        for (CompactionPlan.Group group : plan.groups()) {
            TableSpec table = upkeep.table(group.files(), List.of());
            Reading reading =
                    partitioners.isPresent()
                            ? Reading.ofRows(partitioners.get())
                            : Reading.ofRows(table.partitionColumns());
            Dataset files = upkeep.dataset(group.files());
            outcomes.addAll(moving.run(files, upkeep.footers(), table, reading, staging, progress));
        }
        Set<DataFile> taken = new HashSet<>(plan.files());
        outcomes.addAll(
                upkeep.preserved(
                        target.files().stream().filter(file -> !taken.contains(file)).toList()));
        return upkeep.outcome(outcomes);
    }
}
