package dev.whence.query;

import dev.whence.lake.UrlRow;
import dev.whence.query.Publisher.Contents;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What answers must say, found by looking at every row of a version. */
public record NaiveAnswers(Contents contents) {

    /** URLs of a domain by dataset. */
    public Map<Integer, Long> holdings(String domain) {
        return contents.counts(domain);
    }

    public List<String> domains(String prefix) {
        return contents.domains().stream().filter(name -> name.startsWith(prefix)).toList();
    }

    /** URLs of a list, in its order. */
    public List<String> urls(String domain, int datasetId, Predicate<UrlRow> filter) {
        return contents.of(domain, datasetId).stream().filter(filter).map(UrlRow::url).toList();
    }

    /** How many rows of a URL each dataset has. */
    public Map<Integer, Long> holders(String url) {
        Map<Integer, Long> holders = new TreeMap<>();
        contents.rows()
                .forEach((id, rows) -> {
                    long count = rows.stream().filter(row -> row.url().equals(url)).count();
                    if (count > 0) {
                        holders.put(id, count);
                    }
                });
        return holders;
    }

    /** URLs of each host, by dataset. */
    public TreeMap<String, TreeMap<Integer, Long>> hosts(String domain, Predicate<String> wanted) {
        var hosts = new TreeMap<String, TreeMap<Integer, Long>>();
        contents.rows()
                .forEach((id, rows) ->
                        rows.stream()
                                .filter(row ->
                                        row.domain().equals(domain) && wanted.test(row.host()))
                                .forEach(row ->
                                        hosts.computeIfAbsent(row.host(), host -> new TreeMap<>())
                                                .merge(id, 1L, Long::sum)));
        return hosts;
    }

    /** The domains of a set. */
    public List<String> set(
            Collection<Integer> allOf, Collection<Integer> anyOf, Collection<Integer> no) {
        return contents.domains().stream()
                .filter(domain -> {
                    Set<Integer> holders = holdings(domain).keySet();
                    return holders.containsAll(allOf)
                            && (anyOf.isEmpty() || anyOf.stream().anyMatch(holders::contains))
                            && no.stream().noneMatch(holders::contains);
                })
                .toList();
    }

    public long shared(int one, int other) {
        Set<String> both = new HashSet<>(domainsOf(one));
        both.retainAll(domainsOf(other));
        return both.size();
    }

    /** Counts of the largest domains of a dataset, the largest first. */
    public List<Long> top(int datasetId, int limit) {
        return contents.rows().getOrDefault(datasetId, List.of()).stream()
                .collect(Collectors.groupingBy(UrlRow::domain, Collectors.counting()))
                .values()
                .stream()
                .sorted(Comparator.reverseOrder())
                .limit(limit)
                .toList();
    }

    public Set<String> domainsOf(int datasetId) {
        return contents.rows().getOrDefault(datasetId, List.of()).stream()
                .map(UrlRow::domain)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
