package dev.whence.indexer;

import dev.whence.catalog.FreshId;
import dev.whence.index.IndexSnapshot;
import dev.whence.index.LakeFile;
import dev.whence.lake.LakeLayout;
import dev.whence.merge.DataFile;
import dev.whence.merge.Dataset;
import dev.whence.merge.MergeOutcome;
import dev.whence.merge.MergeSettings;
import dev.whence.merge.MergeSettings.Pruning;
import dev.whence.merge.Staging;
import dev.whence.merge.maintain.Compaction;
import dev.whence.merge.maintain.CompactionPlan;
import dev.whence.merge.maintain.CompactionRules;
import dev.whence.store.ObjectStore;
import dev.whence.url.DomainPrefix;
import dev.whence.url.Fingerprint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Puts the files of one group together, reads back what it wrote, and compares it with what it
 * read, domain by domain. Not thread-safe.
 */
final class GroupCompaction {
    private static final MergeSettings SETTINGS =
            new MergeSettings(1, Pruning.KEYS, Duration.ofMinutes(10), 0.8, 128L << 20);

    private final ObjectStore store;
    private final FreshId ids;
    private final Path scratch;
    private final CompactionSettings settings;
    private final BooleanSupplier stopped;

    /**
     * @param scratch a local directory that belongs to it alone
     */
    GroupCompaction(
            ObjectStore store,
            FreshId ids,
            Path scratch,
            CompactionSettings settings,
            BooleanSupplier stopped) {
        this.store = store;
        this.ids = ids;
        this.scratch = scratch;
        this.settings = settings;
        this.stopped = stopped;
    }

    /** What was made, and what was read for it. */
    record Result(Compacted compacted, long bytesRead) {}

    /**
     * Writes the new files; when that fails, nothing of them is left.
     *
     * @param snapshot of version {@code base}, acquired
     * @throws CompactionCheckException if the new files do not hold what the old ones do
     */
    Result run(CompactionGroup group, long base, IndexSnapshot snapshot) throws IOException {
        var staging =
                new LakeStaging(
                        store,
                        ids,
                        () -> scratch,
                        (datasetId, prefix, freshId) ->
                                LakeLayout.compacted(datasetId, prefix, base, freshId));
        try {
            MergeOutcome outcome = write(group, staging);
            checkUploads(staging);
            var added = new ArrayList<LiveFile>();
            for (DataFile file : outcome.added()) {
                requireRunning();
                added.add(LiveFile.read(store, group.datasetId(), file));
            }
            checkRows(group, added, snapshot);
            return new Result(
                    new Compacted(group.datasetId(), base, group.files(), added),
                    outcome.bytesRead());
        } catch (IOException | RuntimeException e) {
            staging.uploads().drop();
            throw e;
        }
    }

    private MergeOutcome write(CompactionGroup group, LakeStaging staging) throws IOException {
        List<DataFile> files =
                group.files().stream().map(file -> DataFile.of(file.key(), file.bytes())).toList();
        var compaction =
                new Compaction(
                        scratch,
                        SETTINGS,
                        new LakeFileStyle(),
                        CompactionRules.all(settings.fileBytes(), settings.runBytes()),
                        Optional.of(PrefixPartitioner.of(group.digits())));
        var plan = new CompactionPlan(List.of(new CompactionPlan.Group(files)), 0);
        Staging put =
                (partition, file, bytes) -> {
                    requireRunning();
                    DomainPrefix prefix = PrefixPartitioner.prefixOf(partition);
                    return DataFile.of(staging.put(group.datasetId(), prefix, file), bytes);
                };
        return compaction.execute(
                new Dataset(store, files), plan, put, (phase, done, of) -> requireRunning());
    }

    /** What broke on the way there or back is no reason to compact nothing any more. */
    private static void checkUploads(LakeStaging staging) throws IOException {
        Optional<String> problem = staging.uploads().firstProblem();
        if (problem.isPresent()) {
            throw new IOException("a compaction is made again: " + problem.get());
        }
    }

    /** The sums of all domains must be zero when the old rows are taken from the new. */
    private void checkRows(CompactionGroup group, List<LiveFile> added, IndexSnapshot snapshot)
            throws IOException {
        var sums = new OrdinalSums();
        for (LakeFile file : group.files()) {
            requireRunning();
            RemovedFile.read(store, snapshot, List.of(file))
                    .forEach(removed ->
                            removed.forEach((ordinal, rows) -> sums.add(ordinal, -rows)));
        }
        var problems = new ArrayList<String>();
        for (LiveFile file : added) {
            DomainPrefix prefix = DomainPrefix.ofKey(file.key());
            file.counts()
                    .forEach((domain, rows) -> {
                        int ordinal = snapshot.ordinalOf(domain);
                        if (ordinal < 0) {
                            problems.add(domain + " is new");
                        } else if (!prefix.mayHold(Fingerprint.of(domain))) {
                            problems.add(domain + " lies under " + prefix.text());
                        } else {
                            sums.add(ordinal, rows);
                        }
                    });
        }
        sums.forEach((ordinal, rows) -> {
            if (rows != 0) {
                problems.add("%s: %+d rows".formatted(snapshot.domain(ordinal), rows));
            }
        });
        if (!problems.isEmpty()) {
            throw new CompactionCheckException(
                    "compaction of %d files of dataset %s is not published, it would change what they hold in %d domains: %s"
                            .formatted(
                                    group.files().size(),
                                    Integer.toUnsignedString(group.datasetId()),
                                    problems.size(),
                                    String.join(
                                            "; ",
                                            problems.subList(0, Math.min(8, problems.size())))));
        }
    }

    private void requireRunning() {
        if (stopped.getAsBoolean()) {
            throw new StoppedException();
        }
    }
}
