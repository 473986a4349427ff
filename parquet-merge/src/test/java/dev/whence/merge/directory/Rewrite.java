package dev.whence.merge.directory;

import dev.whence.merge.DataFile;
import dev.whence.merge.Dataset;
import dev.whence.merge.Fate;
import dev.whence.merge.FileOutcome;
import dev.whence.merge.MergeCounts;
import dev.whence.merge.MergeOutcome;
import dev.whence.merge.Partition;
import dev.whence.merge.Staging;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A change of a table whose files are words: those that are chosen come together in one new file of
 * their partition, and new words get a file of their own. A table never looks into its files.
 */
record Rewrite(
        Path scratch, Reads reads, Predicate<String> chosen, Partition partition, List<String> more)
        implements TableChange {

    /** Adds words, whatever the table holds. */
    static Rewrite append(Path scratch, Partition partition, String... words) {
        return new Rewrite(scratch, Reads.NOTHING, _ -> false, partition, List.of(words));
    }

    /** Writes everything anew, with further words. */
    static Rewrite all(Path scratch, String... words) {
        return new Rewrite(scratch, Reads.EVERYTHING, _ -> true, Partition.NONE, List.of(words));
    }

    @Override
    public String operation() {
        return reads.everything() ? "rewrite" : "append";
    }

    @Override
    public MergeOutcome make(Dataset target, Staging staging) throws IOException {
        List<FileOutcome> outcomes = new ArrayList<>();
        for (DataFile file : target.files()) {
            String words = new String(target.store().get(file.key()), StandardCharsets.UTF_8);
            if (!chosen.test(file.key())) {
                outcomes.add(
                        new FileOutcome(Fate.PRESERVED, Optional.of(file), Optional.of(file), 1));
            } else if (words.isEmpty()) {
                outcomes.add(new FileOutcome(Fate.REMOVED, Optional.of(file), Optional.empty(), 0));
            } else {
                outcomes.add(
                        new FileOutcome(
                                Fate.REWRITTEN,
                                Optional.of(file),
                                Optional.of(put(staging, file.partition(), words)),
                                1));
            }
        }
        for (String word : more) {
            DataFile put = put(staging, partition, word);
            outcomes.add(new FileOutcome(Fate.INSERTED, Optional.empty(), Optional.of(put), 1));
        }
        return new MergeOutcome(new MergeCounts(0, 0, 0, 0, 0, 0, 0), outcomes, 0, 0, 0);
    }

    private DataFile put(Staging staging, Partition of, String words) throws IOException {
        Path file = Files.createTempFile(scratch, "words", "");
        Files.writeString(file, words);
        DataFile put = staging.put(of, file, Files.size(file));
        Files.delete(file);
        return put;
    }
}
