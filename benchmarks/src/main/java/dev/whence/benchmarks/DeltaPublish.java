package dev.whence.benchmarks;

import dev.whence.index.IndexSnapshot;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The index part of a publish over made-up bases of several sizes: of 1 % of the base, beside the
 * full build of that base, and of the same ten thousand domains everywhere, which should take the
 * same time over all of them. Half of a delta's domains are new.
 */
final class DeltaPublish {
    private static final int FIXED_DOMAINS = 10_000;
    private static final int ROUNDS = 5;
    private static final int SAMPLE = 100;
    private static final String DEFAULT_BASES = "1M,10M";

    private DeltaPublish() {}

    /** {@code [--bases N,…]}. */
    static List<Integer> bases(List<String> words) {
        if (!words.isEmpty() && (words.size() != 2 || !words.getFirst().equals("--bases"))) {
            throw new IllegalArgumentException(
                    "publish: there is --bases N,…, and no other option");
        }
        String bases = words.isEmpty() ? DEFAULT_BASES : words.getLast();
        return List.of(bases.split(",")).stream().map(IndexOptions::domains).toList();
    }

    static void run(List<Integer> bases) throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%nIndex part of a publish: look up, write, put, read back, open, compare (median of %d)%n",
                ROUNDS);
        Spent first = null;
        for (int domains : bases) {
            Spent fixed = over(domains, first);
            first = first == null ? fixed : first;
        }
    }

    /** Returns what the delta took whose size does not follow the base's. */
    private static Spent over(int wanted, @Nullable Spent first) throws Exception {
        try (var scratch = ScratchDirectory.create();
                ObjectStore store = ObjectStores.directory(scratch.path().resolve("store"))) {
            var domains = new HeldOutDomains(SortedDomains.made(scratch.path(), wanted));
            var built = BuiltBase.build(scratch.path(), store, domains);
            System.out.printf(Locale.ROOT, "%n  base of %,d domains%n", built.domains());
            line("full build, on one thread", built.spent(), built.spent());
            List<Path> segments = List.of(built.segment());
            try (IndexSnapshot base = IndexSnapshot.open(List.of(built.generation()), segments)) {
                Spent percent =
                        median(built, base, store, domains, scratch.path(), base.domains() / 100);
                line(
                        "publish of 1 %% more: %,d domains".formatted(base.domains() / 100),
                        percent,
                        built.spent());
                Spent fixed = median(built, base, store, domains, scratch.path(), FIXED_DOMAINS);
                line("publish of %,d domains".formatted(FIXED_DOMAINS), fixed, built.spent());
                if (first != null) {
                    line("  beside that over the first base", fixed, first);
                }
                return fixed;
            }
        }
    }

    private static Spent median(
            BuiltBase built,
            IndexSnapshot base,
            ObjectStore store,
            HeldOutDomains domains,
            Path directory,
            int size)
            throws Exception {
        var random = new Random(size);
        var spent = new ArrayList<Spent>();
        for (int round = -1; round < ROUNDS; round++) {
            var delta = MadeDelta.of(base, domains.heldOut(), size, random);
            Path scratch = directory.resolve("delta-" + size + "-" + round);
            Spent start = Spent.now();
            delta.publish(built, base, store, scratch);
            if (round >= 0) {
                spent.add(Spent.now().since(start));
            }
        }
        spent.sort(Comparator.comparingDouble(Spent::processorSeconds));
        return spent.get(ROUNDS / 2);
    }

    /** Domains that are kept back, every {@value #SAMPLE}th, to be new later. */
    record HeldOutDomains(SortedDomains all, List<String> heldOut) {
        HeldOutDomains(SortedDomains all) {
            this(all, all.sample(SAMPLE));
        }

        Iterable<String> others() {
            return all.without(SAMPLE);
        }

        int count() {
            return all.count() - heldOut.size();
        }
    }

    private static void line(String name, Spent spent, Spent beside) {
        System.out.printf(
                Locale.ROOT,
                "    %-44s %9.3f s  %7.4f x  processor %9.3f s  %7.4f x%n",
                name,
                spent.seconds(),
                spent.seconds() / beside.seconds(),
                spent.processorSeconds(),
                spent.processorSeconds() / beside.processorSeconds());
    }
}
