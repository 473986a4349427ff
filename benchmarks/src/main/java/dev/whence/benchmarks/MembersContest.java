package dev.whence.benchmarks;

import dev.whence.index.IndexSnapshot;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * From an ordinal to its datasets with counts, over one segment and over a stack of eight, beside a
 * cache miss.
 */
final class MembersContest {
    private static final int ASKED = 100_000;
    private static final int STACK = 8;

    private MembersContest() {}

    static void run(IndexOptions options) throws Exception {
        try (var scratch = ScratchDirectory.create()) {
            var domains = SortedDomains.made(scratch.path(), options.domains());
            int count = domains.count();
            MadeIndex one = MadeIndex.write(scratch.path(), domains, 1);
            MadeIndex eight = MadeIndex.over(one.generation(), scratch.path(), count, STACK);
            try (IndexSnapshot folded = one.open();
                    IndexSnapshot stack = eight.open()) {
                one.verify(folded);
                eight.verify(stack);
                int[] ordinals = new SplittableRandom(7).ints(ASKED, 0, count).toArray();
                long pairs = 0;
                for (int ordinal = 0; ordinal < count; ordinal++) {
                    pairs += MadeMembers.of(ordinal).size();
                }
                System.out.printf(Locale.ROOT, "%n%,d domains, %,d pairs%n", count, pairs);
                print("one segment", one, pairs);
                print("eight segments", eight, pairs);
                var chase = new PointerChase(one.bytesOf("members"));
                new Contest("ordinal → datasets with counts, random", ASKED, "lookups")
                        .add("one segment", () -> sum(folded, ordinals))
                        .add("a stack of eight", () -> sum(stack, ordinals))
                        .add("one dependent cache miss (the limit)", () -> chase.run(0, ASKED))
                        .run(3, 9);
            }
        }
    }

    private static long sum(IndexSnapshot index, int[] ordinals) {
        long datasets = 0;
        for (int ordinal : ordinals) {
            datasets += index.datasetsOf(ordinal).size();
        }
        return datasets;
    }

    private static void print(String what, MadeIndex index, long pairs) {
        for (String file : List.of("members", "datasets.roar")) {
            System.out.printf(
                    Locale.ROOT,
                    "  %-16s %-14s %6.2f B a pair%n",
                    what,
                    file,
                    (double) index.bytesOf(file) / pairs);
        }
    }
}
