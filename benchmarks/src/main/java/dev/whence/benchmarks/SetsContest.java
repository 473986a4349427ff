package dev.whence.benchmarks;

import dev.whence.index.DatasetSelection;
import dev.whence.index.DatasetSets;
import dev.whence.index.IndexSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Set algebra over datasets: a count, a page of domains, the overlap of the hundred largest, and
 * top domains; beside DuckDB over its own table and over Parquet, which must give the same answers.
 */
final class SetsContest {
    private static final List<Integer> ALL_OF = List.of(0, 3);
    private static final List<Integer> NONE_OF = List.of(1);
    private static final String PREFIX = "b";
    private static final int PAGE = 100;
    private static final int ROUNDS = 5;
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    /** The most frequent by the way they are made. */
    private static final List<Integer> LARGEST = IntStream.range(0, 100).boxed().toList();

    private SetsContest() {}

    static void run(IndexOptions options) throws Exception {
        try (var scratch = ScratchDirectory.create()) {
            var domains = SortedDomains.made(scratch.path(), options.domains());
            MadeIndex made = MadeIndex.write(scratch.path(), domains, 1);
            System.out.printf(
                    Locale.ROOT,
                    "%n%,d domains, %,d datasets%n",
                    domains.count(),
                    MadeMembers.DATASETS);
            printCold(made);
            try (IndexSnapshot index = made.open()) {
                made.verify(index);
                if (options.with("duckdb")) {
                    try (var duckDb = new DuckDbSets(scratch.path(), domains)) {
                        contests(index.sets(), duckDb);
                    }
                } else {
                    contests(index.sets(), null);
                }
            }
        }
    }

    /** Right after opening, with nothing checked or folded before. */
    private static void printCold(MadeIndex made) throws Exception {
        for (int threads : CORES == 1 ? new int[] {1} : new int[] {1, CORES, 1, CORES}) {
            try (IndexSnapshot index = made.open()) {
                long start = System.nanoTime();
                index.sets().overlap(LARGEST, threads);
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        Locale.ROOT,
                        "  overlap of 100, cold, %d threads %33.3f s%n",
                        threads,
                        seconds);
            }
        }
    }

    private static void contests(DatasetSets sets, @Nullable DuckDbSets duckDb) throws Exception {
        var selection = new DatasetSelection(ALL_OF, NONE_OF);
        var count =
                new Contest("domains in A and B, not in C: count", 1, "counts")
                        .add("whence", () -> sets.count(selection));
        var page =
                new Contest("domains in A and B, not in C: a page by prefix", 1, "pages")
                        .add(
                                "whence",
                                () -> sets.domains(selection, PREFIX, "", PAGE).domains().size());
        var overlap =
                new Contest("overlap of the 100 largest", 1, "matrices")
                        .add("whence, one thread", () -> sum(sets.overlap(LARGEST, 1)))
                        .add("whence, all cores", () -> sum(sets.overlap(LARGEST, CORES)));
        var top =
                new Contest("top 100 domains of the largest", 1, "answers")
                        .add("whence", () -> sets.top(0, PAGE).size());
        if (duckDb != null) {
            for (DuckDbSets.Source source : DuckDbSets.Source.values()) {
                verify(sets, duckDb, source);
                count.add(source.title, () -> duckDb.count(source, ALL_OF, NONE_OF));
                page.add(
                        source.title,
                        () -> duckDb.page(source, ALL_OF, NONE_OF, PREFIX, PAGE).size());
                overlap.add(source.title, () -> sum(duckDb.overlap(source, LARGEST.size())));
                top.add(source.title, () -> duckDb.top(source, 0, PAGE).size());
            }
        }
        for (Contest contest : List.of(count, page, overlap, top)) {
            contest.run(1, ROUNDS);
        }
    }

    private static void verify(DatasetSets sets, DuckDbSets duckDb, DuckDbSets.Source source)
            throws Exception {
        var selection = new DatasetSelection(ALL_OF, NONE_OF);
        same("count", sets.count(selection), duckDb.count(source, ALL_OF, NONE_OF));
        same(
                "page",
                sets.domains(selection, PREFIX, "", PAGE).domains(),
                duckDb.page(source, ALL_OF, NONE_OF, PREFIX, PAGE));
        same(
                "overlap",
                Arrays.deepToString(sets.overlap(LARGEST, CORES)),
                Arrays.deepToString(duckDb.overlap(source, LARGEST.size())));
        same("top", sets.top(0, PAGE), duckDb.top(source, 0, PAGE));
    }

    private static void same(String what, Object ours, Object theirs) {
        if (!ours.equals(theirs)) {
            throw new IllegalStateException(
                    "%s: whence says %s, DuckDB %s".formatted(what, ours, theirs));
        }
    }

    private static long sum(long[][] matrix) {
        return Arrays.stream(matrix).flatMapToLong(Arrays::stream).sum();
    }
}
