package dev.whence.benchmarks.merge;

import dev.whence.benchmarks.ScratchDirectory;
import dev.whence.merge.RewriteMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Merges of four changes into the same rows in the same files: ours in both modes, DuckDB rewriting
 * everything, Delta Lake and Iceberg in theirs, and the machine's limit. Each begins with a fresh
 * copy of the base, after all of it was done once with a small one.
 */
public final class MergeContest {
    private static final int SMALL_ROWS = 150_000;
    private static final int SMALL_FILES = 4;

    private final MergeData data;
    private final Path directory;
    private final List<MergeContestant> contestants;

    private MergeContest(MergeData data, Path directory, List<MergeContestant> contestants) {
        this.data = data;
        this.directory = directory;
        this.contestants = contestants;
    }

    public static void run(MergeOptions options) throws Exception {
        try (var scratch = ScratchDirectory.create()) {
            MergeData small =
                    MergeData.generate(scratch.path().resolve("small"), SMALL_ROWS, SMALL_FILES);
            MergeData data =
                    MergeData.generate(
                            scratch.path().resolve("data"), options.rows(), options.files());
            System.out.printf(
                    Locale.ROOT,
                    "%nMerge into %,d rows in %d files, %,.1f MB, sorted by their key (%s)%n",
                    data.rows(),
                    data.base().size(),
                    data.bytes() / 1e6,
                    String.join(", ", MergeRow.KEY));
            List<MergeContestant> contestants = contestants(options);
            new MergeContest(small, scratch.path().resolve("warm-up"), contestants).merges();
            List<SparkPeers.Other> made =
                    new MergeContest(data, scratch.path().resolve("made"), contestants).merges();
            List<MergeResult> results =
                    new ArrayList<>(made.stream().map(SparkPeers.Other::result).toList());
            MergeJudge.check(results);
            if (options.with("spark")) {
                List<MergeResult> judged =
                        new SparkPeers(scratch.path().resolve("spark")).run(data, small, made);
                MergeJudge.check(judged);
                results.removeIf(result -> !result.rows().isEmpty());
                results.addAll(0, judged);
            }
            new MergeTable(results).print(data);
        }
    }

    private static List<MergeContestant> contestants(MergeOptions options) {
        var contestants = new ArrayList<MergeContestant>();
        if (options.with("whence")) {
            for (RewriteMode mode : RewriteMode.values()) {
                contestants.add(new WhenceMerge(mode));
            }
        }
        if (options.with("duckdb")) {
            contestants.add(new DuckDbMerge());
        }
        contestants.add(new AffectedCopy());
        return contestants;
    }

    private List<SparkPeers.Other> merges() throws Exception {
        var made = new ArrayList<SparkPeers.Other>();
        for (MergeChange change : MergeChange.values()) {
            for (MergeContestant contestant : contestants) {
                if (contestant.takesPart(change)) {
                    made.add(merge(contestant, change));
                }
            }
        }
        return made;
    }

    private SparkPeers.Other merge(MergeContestant contestant, MergeChange change)
            throws Exception {
        Path own = Files.createDirectories(directory.resolve(change.text()));
        MergeContestant.Made made =
                contestant.merge(data, change, Files.createTempDirectory(own, "contestant-"));
        var result =
                new MergeResult(
                        change,
                        contestant.name(),
                        made.seconds(),
                        made.bytesRead(),
                        made.bytesWritten(),
                        0,
                        made.files().isEmpty() ? "" : MergeJudge.fingerprint(made.files()));
        return new SparkPeers.Other(result, made.files());
    }
}
