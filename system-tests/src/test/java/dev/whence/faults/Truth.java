package dev.whence.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Makes the batches, and counts what the lake must hold after each of them: maps in memory, nothing
 * more. The batches of a dataset take effect in their order, so that an answer about a dataset is
 * right if it is that of its first so many batches. Thread-safe.
 */
final class Truth {
    /** What is appended twice stands twice: here a batch that is taken twice shows. */
    private static final Map<String, String> STRATEGIES =
            new TreeMap<>(
                    Map.of(
                            "appended-a", "append",
                            "appended-b", "append",
                            "inserted-a", "insert",
                            "inserted-b", "insert",
                            "upserted", "upsert"));

    private static final List<String> DATASETS = List.copyOf(STRATEGIES.keySet());
    private static final int DOMAINS = 8;
    private static final int MOST_URLS = 40;

    /** A batch has URLs of few sites: what is left out or taken twice leaps to the eye there. */
    private static final int SITES = 2;

    /** One batch in so many of a set repeats URLs of the one before. */
    private static final int REPEATS = 4;

    private final Map<String, List<TreeMap<String, Integer>>> states = new TreeMap<>();

    /** By dataset and domain, in the order in which they came. */
    private final Map<String, Map<String, List<String>>> urls = new TreeMap<>();

    private final Map<String, Set<String>> held = new HashMap<>();
    private final Map<String, List<String>> last = new HashMap<>();
    private long batches;

    Truth() {
        for (String dataset : DATASETS) {
            states.put(dataset, new ArrayList<>(List.of(new TreeMap<>())));
            urls.put(dataset, new TreeMap<>());
            held.put(dataset, new HashSet<>());
            last.put(dataset, List.of());
        }
    }

    List<String> datasets() {
        return DATASETS;
    }

    static List<String> domains() {
        var domains = new ArrayList<String>();
        for (int site = 0; site < DOMAINS; site++) {
            domains.add("site-%d.example".formatted(site));
        }
        return domains;
    }

    /** The next batch of any dataset; from now on it may be told of. */
    Batch next(RandomGenerator random) {
        return next(DATASETS.get(random.nextInt(DATASETS.size())), random);
    }

    /** The next batch of a dataset; from now on it may be told of. */
    synchronized Batch next(String dataset, RandomGenerator random) {
        String strategy = STRATEGIES.get(dataset);
        boolean keepsAll = strategy.equals("append");
        long number = batches++;
        int[] sites = random.ints(SITES, 0, DOMAINS).toArray();
        var batch = new ArrayList<String>();
        for (int row = 1 + random.nextInt(MOST_URLS); row > 0; row--) {
            batch.add(
                    "https://site-%d.example/%s/%d/%d"
                            .formatted(sites[random.nextInt(SITES)], dataset, number, row));
        }
        List<String> fresh = List.copyOf(batch);
        if (!keepsAll && random.nextInt(REPEATS) == 0) {
            batch.addAll(last.get(dataset));
        }
        last.put(dataset, fresh);
        add(dataset, batch, keepsAll);
        return new Batch(dataset, strategy, batch);
    }

    private void add(String dataset, List<String> batch, boolean keepsAll) {
        var counts = new TreeMap<>(states.get(dataset).getLast());
        for (String url : batch) {
            String domain = url.substring("https://".length(), url.indexOf("/", 8));
            if (keepsAll || held.get(dataset).add(url)) {
                urls.get(dataset).computeIfAbsent(domain, _ -> new ArrayList<>()).add(url);
                counts.merge(domain, 1, Integer::sum);
            }
        }
        states.get(dataset).add(counts);
    }

    /** Each dataset's URLs, when all batches are in; those that hold none are left out. */
    synchronized TreeMap<String, Long> counts() {
        var counts = new TreeMap<String, Long>();
        for (String dataset : DATASETS) {
            long sum = sum(states.get(dataset).getLast());
            if (sum > 0) {
                counts.put(dataset, sum);
            }
        }
        return counts;
    }

    /** The datasets of a domain with their URLs, when all batches are in. */
    synchronized TreeMap<String, Long> counts(String domain) {
        var counts = new TreeMap<String, Long>();
        for (String dataset : DATASETS) {
            int count = states.get(dataset).getLast().getOrDefault(domain, 0);
            if (count > 0) {
                counts.put(dataset, (long) count);
            }
        }
        return counts;
    }

    /** The URLs of a domain in a dataset, when all batches are in. */
    synchronized List<String> urls(String dataset, String domain) {
        return urls.get(dataset).getOrDefault(domain, List.of()).stream().sorted().toList();
    }

    /** The URLs of a domain that a dataset held when it held so many of them. */
    synchronized List<String> firstUrls(String dataset, String domain, int count) {
        return List.copyOf(urls.get(dataset).getOrDefault(domain, List.of()).subList(0, count));
    }

    /** After how many batches a dataset held so many URLs. */
    synchronized Span whenHeld(String dataset, long count) {
        List<TreeMap<String, Integer>> all = states.get(dataset);
        return Span.of(all.size(), state -> sum(all.get(state)), count);
    }

    /** After how many batches a dataset held so many URLs of a domain. */
    synchronized Span whenHeld(String dataset, String domain, long count) {
        List<TreeMap<String, Integer>> all = states.get(dataset);
        return Span.of(all.size(), state -> all.get(state).getOrDefault(domain, 0), count);
    }

    private static long sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToLong(Integer::longValue).sum();
    }
}
