package dev.whence.benchmarks.merge;

import dev.whence.merge.DataFile;
import dev.whence.merge.Dataset;
import dev.whence.merge.MergeRequest;
import dev.whence.merge.MergeSettings;
import dev.whence.merge.Progress;
import dev.whence.merge.RewriteMode;
import dev.whence.merge.directory.DirectoryTable;
import dev.whence.merge.directory.Merging;
import dev.whence.merge.directory.TableSnapshot;
import dev.whence.merge.run.ParquetMerge;
import dev.whence.store.CountingObjectStore;
import dev.whence.store.ObjectStores;
import dev.whence.store.StoreCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** Our merge of a plain directory, from the listing to the commit, in one of its modes. */
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
        Path files = directory.resolve("table");
        data.copyBase(files);
        Path scratch = Files.createDirectory(directory.resolve("scratch"));
        try (var store = new CountingObjectStore(ObjectStores.directory(files));
                var sources = new CountingObjectStore(ObjectStores.directory(data.directory()))) {
            var table = new DirectoryTable(store, "", Clock.systemUTC(), new SecureRandom());
            var merging =
                    new Merging(
                            new ParquetMerge(scratch, MergeSettings.DEFAULT),
                            source(sources, data.source(change)),
                            MergeRequest.of(change.strategy(), mode, MergeRow.KEY),
                            Progress.NONE,
                            plan -> {});
            long start = System.nanoTime();
            table.change(merging);
            double seconds = MergeContestant.secondsSince(start);
            StoreCounts counts = store.counts();
            return new Made(
                    seconds,
                    counts.bytesRead() + sources.counts().bytesRead(),
                    counts.bytesWritten(),
                    table.snapshot().files().stream()
                            .map(TableSnapshot.Live::key)
                            .map(files::resolve)
                            .toList());
        }
    }

    private static Dataset source(CountingObjectStore store, Path file) throws IOException {
        String key = file.getFileName().toString();
        return new Dataset(store, List.of(DataFile.of(key, Files.size(file))));
    }
}
