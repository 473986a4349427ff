package dev.whence.benchmarks;

import dev.whence.merge.DataFile;
import dev.whence.merge.Dataset;
import dev.whence.merge.Fate;
import dev.whence.merge.FileOutcome;
import dev.whence.merge.MergeOutcome;
import dev.whence.merge.MergePlan;
import dev.whence.merge.MergeRequest;
import dev.whence.merge.MergeSettings;
import dev.whence.merge.ParquetMerge;
import dev.whence.merge.Partition;
import dev.whence.merge.Progress;
import dev.whence.merge.RewriteMode;
import dev.whence.merge.Staging;
import dev.whence.store.CountingObjectStore;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStores;
import dev.whence.store.StoreCounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Our merge, from the plan to the commit, in one of its modes. */
record WhenceMerge(RewriteMode mode) implements MergeContestant {

    @Override
    public String name() {
        return "whence, " + mode.text();
    }

    /** Inserts never rewrite a file: they have no modes, and {@code auto} stands for both. */
    @Override
    public boolean takesPart(MergeChange change) {
        return (mode == RewriteMode.AUTO) == change.strategy().onlyAdds();
    }

    @Override
    public Made merge(MergeData data, MergeChange change, Path directory) throws IOException {
        Path table = directory.resolve("table");
        data.copyBase(table);
        Path scratch = Files.createDirectory(directory.resolve("scratch"));
        try (var store = new CountingObjectStore(ObjectStores.directory(table));
                var sources = new CountingObjectStore(ObjectStores.directory(data.directory()))) {
            Dataset target = new Dataset(store, files(table, data.base()));
            Dataset source = new Dataset(sources, files(data.directory(), data.source(change)));
            var request = MergeRequest.of(change.strategy(), mode, MergeRow.KEY);
            var merge = new ParquetMerge(scratch, MergeSettings.DEFAULT);
            long start = System.nanoTime();
            MergeOutcome outcome;
            try (MergePlan plan = merge.plan(target, source, request, Progress.NONE)) {
                outcome = merge.execute(plan, new Fresh(store), Progress.NONE);
            }
            List<String> live = commit(store, outcome);
            double seconds = MergeContestant.secondsSince(start);
            StoreCounts counts = store.counts();
            return new Made(
                    seconds,
                    counts.bytesRead() + sources.counts().bytesRead(),
                    counts.bytesWritten(),
                    live.stream().map(table::resolve).toList());
        }
    }

    private static List<DataFile> files(Path root, Path file) throws IOException {
        return files(root, List.of(file));
    }

    private static List<DataFile> files(Path root, List<Path> files) throws IOException {
        var found = new ArrayList<DataFile>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            found.add(DataFile.of(name, Files.size(root.resolve(name))));
        }
        return found;
    }

    /** The list of live files, put if absent: readers that follow it see all of the merge. */
    private static List<String> commit(CountingObjectStore store, MergeOutcome outcome)
            throws IOException {
        List<String> live =
                outcome.files().stream()
                        .filter(file -> file.fate() != Fate.REMOVED)
                        .map(FileOutcome::after)
                        .map(after -> after.orElseThrow().key())
                        .toList();
        byte[] list =
                live.stream().collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8);
        store.putIfAbsent("commits/1", ObjectBody.of(list));
        return live;
    }

    /** New files under names that the base does not have. */
    private record Fresh(CountingObjectStore store, AtomicInteger names) implements Staging {
        Fresh(CountingObjectStore store) {
            this(store, new AtomicInteger());
        }

        @Override
        public DataFile put(Partition partition, Path file, long bytes) throws IOException {
            String key = "fresh-%05d.parquet".formatted(names.getAndIncrement());
            store.put(key, ObjectBody.of(file));
            return new DataFile(key, bytes, partition);
        }
    }
}
