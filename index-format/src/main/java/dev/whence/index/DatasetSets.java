package dev.whence.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;

/**
 * Set algebra over datasets: a dataset is the set of domains of which it holds URLs. All answers
 * are exact, and need a bounded amount of memory, whatever the size of index and sets. Datasets
 * that are not there are empty. Thread-safe; of one {@link IndexSnapshot}, and with its errors.
 */
public final class DatasetSets {

    /** What a page may ask for. */
    public static final int MOST_DOMAINS = 10_000;

    /** Of so many datasets {@link #intersections} tells who shares what. */
    public static final int MOST_INTERSECTED = 10;

    /** So many domains are looked at for a page, in about 50 ms. */
    private static final int SCAN_STEPS = 200_000;

    /** A set of so many domains is gone over whole instead, in about 50 ms. */
    private static final int SMALL_SET = 50_000;

    /** So many domains' counts are read together. */
    private static final int SCANNED = 256;

    private final IndexSnapshot snapshot;
    private final List<Generation> generations;
    private final HeldBitmaps folded;
    private final int scanSteps;
    private final int smallSet;
    private final Runnable check;

    DatasetSets(IndexSnapshot snapshot, List<Generation> generations, HeldBitmaps folded) {
        this(snapshot, generations, folded, SCAN_STEPS, SMALL_SET, () -> {});
    }

    private DatasetSets(
            IndexSnapshot snapshot,
            List<Generation> generations,
            HeldBitmaps folded,
            int scanSteps,
            int smallSet,
            Runnable check) {
        this.snapshot = snapshot;
        this.generations = generations;
        this.folded = folded;
        this.scanSteps = scanSteps;
        this.smallSet = smallSet;
        this.check = check;
    }

    /** The same sets with other bounds for what a page costs. */
    DatasetSets lookingAt(int domains, int ofSmallSets) {
        return new DatasetSets(snapshot, generations, folded, domains, ofSmallSets, check);
    }

    /**
     * The same sets for somebody who may have to give a question up.
     *
     * @param givingUp is run again and again, each time after some milliseconds of work at most, by
     *     whichever thread works; what it throws ends the question
     */
    public DatasetSets checkedBy(Runnable givingUp) {
        return new DatasetSets(snapshot, generations, folded, scanSteps, smallSet, givingUp);
    }

    /** How many domains there are in a selection. */
    public long count(DatasetSelection selection) {
        return selected(selection).count(Long.MAX_VALUE);
    }

    /**
     * Domains of a selection by ordinal: as they are kept, so the fastest way to all of them.
     *
     * @param from the least ordinal
     * @param limit at most so many, 1 to {@value #MOST_DOMAINS}
     */
    public OrdinalPage ordinals(DatasetSelection selection, int from, int limit) {
        checkLimit(limit);
        if (from < 0) {
            throw new IllegalArgumentException("Ordinal below zero: " + from);
        }
        SelectedDomains selected = selected(selection);
        List<Integer> ordinals = new ArrayList<>();
        for (int slice = Slice.of(from); slice < selected.slices(); slice++) {
            var found = selected.in(slice).getIntIterator();
            found.advanceIfNeeded(from);
            while (found.hasNext()) {
                if (ordinals.size() == limit) {
                    return new OrdinalPage(ordinals, OptionalInt.of(found.next()));
                }
                ordinals.add(found.next());
            }
        }
        return new OrdinalPage(ordinals, OptionalInt.empty());
    }

    /**
     * Domains of a selection by name. A page costs a bounded amount of work, so that it may be
     * short: only a page without {@code next} is the last.
     *
     * @param prefix what they begin with; empty for all
     * @param after only domains above this one: the page before says which; empty at first
     * @param limit at most so many, 1 to {@value #MOST_DOMAINS}
     */
    public DomainPage domains(DatasetSelection selection, String prefix, String after, int limit) {
        checkLimit(limit);
        SelectedDomains selected = selected(selection);
        DomainRange range = new DomainRange(prefix, after);
        DomainScan scan = new DomainScan(generations, range);
        if (scan.domains() > scanSteps && selected.count(smallSet) <= smallSet) {
            return least(selected, range, limit);
        }
        return scan.page(selected::contains, limit, scanSteps);
    }

    /** {@link #overlap(List, int)} on the caller's thread alone. */
    public long[][] overlap(List<Integer> datasetIds) {
        return overlap(datasetIds, 1);
    }

    /**
     * How many domains each two datasets share: a row and a column for each dataset, in the order
     * given; where a dataset meets itself, how many it holds. Goes slice by slice and holds a slice
     * of each dataset, half a mebibyte at most; each thread adds {@link OverlapCounts}, 16 MB for a
     * thousand datasets.
     *
     * @param datasetIds up to 1,000
     * @param threads at most so many, the caller's among them
     */
    public long[][] overlap(List<Integer> datasetIds, int threads) {
        int n = datasetIds.size();
        if (n > DatasetSelection.MOST_DATASETS) {
            throw new IllegalArgumentException(
                    "Up to %d datasets: %d".formatted(DatasetSelection.MOST_DATASETS, n));
        }
        int domains = snapshot.domains();
        ImmutableRoaringBitmap[] held = new ImmutableRoaringBitmap[n];
        Queue<OverlapCounts> idle = new ConcurrentLinkedQueue<>();
        for (int slice = 0; slice < Slice.count(domains); slice++) {
            int number = slice;
            Cores.share(
                    n,
                    threads,
                    i -> {
                        check.run();
                        held[i] = folded.held(datasetIds.get(i), number);
                    });
            int first = Slice.first(slice);
            int ordinals = (int) Math.min(Slice.end(slice), domains) - first;
            Cores.share(
                    (ordinals + OverlapCounts.ORDINALS - 1) / OverlapCounts.ORDINALS,
                    threads,
                    range -> {
                        check.run();
                        OverlapCounts free = idle.poll();
                        OverlapCounts counts = free == null ? new OverlapCounts(n) : free;
                        counts.add(held, first + range * OverlapCounts.ORDINALS);
                        idle.add(counts);
                    });
        }
        long[][] shared = new long[n][n];
        idle.forEach(counts -> counts.addTo(shared));
        return shared;
    }

    /**
     * How many domains exactly these of some datasets hold and none of the others: at place p those
     * that dataset i holds just where bit i of p is set; place 0 stays 0. Goes over the index once,
     * slice by slice, and holds two slices of each dataset, half a mebibyte at most.
     *
     * @param datasetIds up to {@value #MOST_INTERSECTED}
     */
    public long[] intersections(List<Integer> datasetIds) {
        int n = datasetIds.size();
        if (n > MOST_INTERSECTED) {
            throw new IllegalArgumentException(
                    "Up to %d datasets: %d".formatted(MOST_INTERSECTED, n));
        }
        long[] counts = new long[1 << n];
        for (int slice = 0; slice < Slice.count(snapshot.domains()); slice++) {
            ImmutableRoaringBitmap[] held = new ImmutableRoaringBitmap[n];
            for (int i = 0; i < n; i++) {
                check.run();
                held[i] = folded.held(datasetIds.get(i), slice);
            }
            for (int i = 0; i < n; i++) {
                // Those that none before holds.
                ImmutableRoaringBitmap first = held[i];
                for (int before = 0; before < i && !first.isEmpty(); before++) {
                    first = ImmutableRoaringBitmap.andNot(first, held[before]);
                }
                split(first, held, i + 1, 1 << i, counts);
            }
        }
        return counts;
    }

    /** Counts domains, of which is known who among the datasets before the next holds them. */
    private void split(
            ImmutableRoaringBitmap domains,
            ImmutableRoaringBitmap[] held,
            int next,
            int place,
            long[] counts) {
        if (domains.isEmpty()) {
            return;
        }
        if (next == held.length) {
            counts[place] += domains.getLongCardinality();
            return;
        }
        check.run();
        split(
                ImmutableRoaringBitmap.and(domains, held[next]),
                held,
                next + 1,
                place | (1 << next),
                counts);
        split(ImmutableRoaringBitmap.andNot(domains, held[next]), held, next + 1, place, counts);
    }

    /**
     * The domains of which a dataset holds most URLs, the most first; of equals those with the
     * lesser ordinal. Reads the counts of each of the dataset's domains, in the order in which they
     * lie, so that each block of {@code members} is come to once.
     *
     * @param limit at most so many, 1 to {@value #MOST_DOMAINS}
     */
    public List<DomainCount> top(int datasetId, int limit) {
        checkLimit(limit);
        PriorityQueue<Held> top = new PriorityQueue<>(Held.LEAST_FIRST);
        int[] ordinals = new int[SCANNED];
        for (int slice = 0; slice < Slice.count(snapshot.domains()); slice++) {
            var held = folded.held(datasetId, slice).getBatchIterator();
            while (held.hasNext()) {
                check.run();
                int count = held.nextBatch(ordinals);
                long[] urls = snapshot.counts(ordinals, count, datasetId);
                for (int i = 0; i < count; i++) {
                    if (top.size() == limit && urls[i] <= top.element().urls) {
                        continue;
                    }
                    if (top.size() == limit) {
                        top.remove();
                    }
                    top.add(new Held(ordinals[i], urls[i]));
                }
            }
        }
        return top.stream()
                .sorted(Held.LEAST_FIRST.reversed())
                .map(held -> new DomainCount(snapshot.domain(held.ordinal), held.urls))
                .toList();
    }

    private SelectedDomains selected(DatasetSelection selection) {
        return new SelectedDomains(snapshot, folded, selection, check);
    }

    /** The least of a set's domains in a range, found by looking at all of the set. */
    private DomainPage least(SelectedDomains selected, DomainRange range, int limit) {
        TreeSet<DomainKey> least = new TreeSet<>();
        for (int slice = 0; slice < selected.slices(); slice++) {
            var ordinals = selected.in(slice).getIntIterator();
            while (ordinals.hasNext()) {
                DomainKey domain = snapshot.key(ordinals.next());
                if (range.contains(domain)) {
                    least.add(domain);
                }
                if (least.size() > limit + 1) {
                    least.pollLast();
                }
            }
        }
        boolean more = least.size() > limit;
        List<String> page = least.stream().limit(limit).map(DomainKey::toString).toList();
        return new DomainPage(page, more ? Optional.of(page.getLast()) : Optional.empty());
    }

    private static void checkLimit(int limit) {
        if (limit < 1 || limit > MOST_DOMAINS) {
            throw new IllegalArgumentException(
                    "1 to %d domains: %d".formatted(MOST_DOMAINS, limit));
        }
    }

    private record Held(int ordinal, long urls) {
        static final Comparator<Held> LEAST_FIRST =
                Comparator.comparingLong(Held::urls)
                        .thenComparing(Comparator.comparingInt(Held::ordinal).reversed());
    }
}
