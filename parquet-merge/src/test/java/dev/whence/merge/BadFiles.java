package dev.whence.merge;

import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.run.MergePlan;
import dev.whence.merge.run.ParquetMerge;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program of its own, to be run with a small heap: merges each file of a directory into nothing,
 * and into itself.
 */
final class BadFiles {
    private BadFiles() {}

    /** Says what became of each merge. Arguments: the files' directory, and one to work in. */
    public static void main(String[] arguments) throws IOException {
        var merge = new ParquetMerge(Path.of(arguments[1], "scratch"), MergeSettings.DEFAULT);
        try (ObjectStore store = ObjectStores.directory(Path.of(arguments[0]));
                Stream<ObjectInfo> objects = store.list("")) {
            for (ObjectInfo object : objects.toList()) {
                if (object.key().endsWith(".parquet")) {
                    DataFile file = DataFile.of(object.key(), object.bytes());
                    Dataset bad = new Dataset(store, List.of(file));
                    System.out.printf(
                            "%s, source: %s%n",
                            file.key(), merge(merge, new Dataset(store, List.of()), bad));
                    System.out.printf("%s, target: %s%n", file.key(), merge(merge, bad, bad));
                }
            }
        }
    }

    private static String merge(ParquetMerge merge, Dataset target, Dataset source)
            throws IOException {
        try {
            var request =
                    MergeRequest.of(
                            MergeStrategy.UPSERT,
                            RewriteMode.FULL,
                            key(source.store(), source.files().getFirst()));
            try (MergePlan plan = merge.plan(target, source, request, Progress.NONE)) {
                merge.execute(
                        plan,
                        (partition, _, bytes) -> new DataFile("new", bytes, partition),
                        Progress.NONE);
            }
            return "merged";
        } catch (UnreadableFileException | MergeRefusedException e) {
            return e.getMessage().lines().findFirst().orElseThrow();
        }
    }

    private static String key(ObjectStore store, DataFile file) throws IOException {
        try (ParquetInput input = ParquetInput.open(store, file)) {
            return input.schema().getColumns().stream()
                    .filter(column -> column.getMaxRepetitionLevel() == 0)
                    .map(column -> String.join(".", column.getPath()))
                    .findFirst()
                    .orElse("k");
        }
    }
}
