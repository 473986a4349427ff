package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.access.Takedowns;
import dev.whence.catalog.BatchPart;
import dev.whence.catalog.DatasetTable;
import dev.whence.catalog.Effect;
import dev.whence.catalog.Version;
import dev.whence.index.DatasetCount;
import dev.whence.index.LakeFile;
import dev.whence.lake.RowCursor;
import dev.whence.lake.UrlFile;
import dev.whence.lake.UrlRow;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What every dataset holds, kept as simply as can be, and compared with a version row by row. */
final class NaiveLake {
    private final Map<String, List<String>> urls = new TreeMap<>();
    private final Map<String, TreeMap<Long, Landings.Batch>> waiting = new HashMap<>();

    /** As it is now. */
    NaiveLake copy() {
        var copy = new NaiveLake();
        urls.forEach((dataset, held) -> copy.urls.put(dataset, new ArrayList<>(held)));
        waiting.forEach((source, parts) -> copy.waiting.put(source, new TreeMap<>(parts)));
        return copy;
    }

    /** As it would be if nothing that is taken down had ever come. */
    NaiveLake without(Takedowns takedowns) {
        NaiveLake copy = copy();
        copy.urls
                .values()
                .forEach(held ->
                        held.removeIf(text -> {
                            UrlRow row = TestRows.row(text);
                            return takedowns.hide(row.domain(), row.host(), row.pathQuery());
                        }));
        return copy;
    }

    /** Makes a dataset, or all, hold what a copy does. */
    void rollBack(NaiveLake then, @Nullable String dataset) {
        urls.keySet().removeIf(name -> concerns(dataset, name));
        waiting.keySet().removeIf(source -> concerns(dataset, source.split("/")[0]));
        NaiveLake copy = then.copy();
        copy.urls.forEach((name, held) -> {
            if (concerns(dataset, name)) {
                urls.put(name, held);
            }
        });
        copy.waiting.forEach((source, parts) -> {
            if (concerns(dataset, source.split("/")[0])) {
                waiting.put(source, parts);
            }
        });
    }

    private static boolean concerns(@Nullable String dataset, String name) {
        return dataset == null || dataset.equals(name);
    }

    void take(Landings.Batch batch) {
        if (batch.effect().all()) {
            urls.remove(batch.dataset());
            waiting.keySet().removeIf(source -> source.startsWith(batch.dataset() + "/"));
            return;
        }
        List<String> held = urls.computeIfAbsent(batch.dataset(), name -> new ArrayList<>());
        BatchPart part = batch.effect().part();
        if (part == null) {
            merge(held, batch.effect(), batch.urls());
            return;
        }
        String source =
                "%s/%s/%s".formatted(batch.dataset(), batch.strategy().text(), part.batchId());
        var parts = waiting.computeIfAbsent(source, unseen -> new TreeMap<>());
        parts.put(part.number(), batch);
        if (parts.lastEntry().getValue().effect().part().last()
                && parts.size() == parts.lastKey() + 1) {
            waiting.remove(source);
            merge(
                    held,
                    parts.lastEntry().getValue().effect(),
                    parts.values().stream().flatMap(one -> one.urls().stream()).toList());
        }
    }

    private static void merge(List<String> held, Effect effect, List<String> source) {
        var last = new LinkedHashMap<String, String>();
        source.forEach(row -> last.put(TestRows.urlOf(row), row));
        switch (effect.strategy()) {
            case APPEND -> held.addAll(source);
            case INSERT -> {
                Set<String> known = new HashSet<>();
                held.forEach(row -> known.add(TestRows.urlOf(row)));
                source.stream().filter(row -> known.add(TestRows.urlOf(row))).forEach(held::add);
            }
            case UPDATE -> {
                Set<String> known = new HashSet<>();
                held.forEach(row -> known.add(TestRows.urlOf(row)));
                last.keySet().retainAll(known);
                upsert(held, last);
            }
            case UPSERT -> upsert(held, last);
            case DEDUPLICATE -> upsert(held, best(source, effect.dedupOrderBy()));
            case FULL_MERGE -> {
                if (!source.isEmpty()) {
                    held.clear();
                    held.addAll(last.values());
                }
            }
            case DELETE -> held.removeIf(row -> last.containsKey(TestRows.urlOf(row)));
        }
    }

    private static void upsert(List<String> held, Map<String, String> rows) {
        held.removeIf(row -> rows.containsKey(TestRows.urlOf(row)));
        held.addAll(rows.values());
    }

    /** The first in the order, of equal ones the last; without an order the last. */
    private static Map<String, String> best(List<String> source, @Nullable String order) {
        Comparator<String> byTs = Comparator.comparingLong(row -> TestRows.row(row).tsMicros());
        Comparator<String> comparator =
                order == null ? (a, b) -> 0 : order.endsWith("desc") ? byTs.reversed() : byTs;
        var best = new LinkedHashMap<String, String>();
        for (String row : source) {
            best.merge(
                    TestRows.urlOf(row),
                    row,
                    (old, later) -> comparator.compare(later, old) <= 0 ? later : old);
        }
        return best;
    }

    long urls() {
        return urls.values().stream().mapToLong(Collection::size).sum();
    }

    void assertHeldBy(Base version, ObjectStore store) throws IOException {
        assertThat(version.snapshot().check()).isEmpty();
        var names = new TreeMap<Integer, String>();
        for (DatasetTable.Row row : version.table().rows()) {
            names.put(row.datasetId(), row.name());
            List<String> held = urls.get(row.name());
            assertThat(row.urlCount()).as("URLs of %s", row.name()).isEqualTo(held.size());
            assertThat(row.domainCount())
                    .as("domains of %s", row.name())
                    .isEqualTo(held.stream().map(TestRows::domainOf).distinct().count());
            assertThat(rows(version, row.datasetId(), store))
                    .as("rows of %s", row.name())
                    .containsExactlyInAnyOrderElementsOf(held);
        }
        assertThat(names.values()).containsExactlyInAnyOrderElementsOf(urls.keySet());
        assertCounts(version, names);
        assertThat(version.version().orElseThrow().counts())
                .isEqualTo(
                        new Version.Counts(
                                urls.size(),
                                domains().size(),
                                urls(),
                                version.snapshot().files().count()));
    }

    private void assertCounts(Base version, Map<Integer, String> names) {
        for (String domain : domains()) {
            int ordinal = version.snapshot().ordinalOf(domain);
            Map<String, Long> found =
                    version.snapshot().datasetsOf(ordinal).stream()
                            .collect(
                                    Collectors.toMap(
                                            count -> names.get(count.datasetId()),
                                            DatasetCount::urls));
            var expected = new TreeMap<String, Long>();
            urls.forEach((name, held) -> {
                long count =
                        held.stream().filter(url -> TestRows.domainOf(url).equals(domain)).count();
                if (count > 0) {
                    expected.put(name, count);
                }
            });
            assertThat(found).as("datasets of %s", domain).isEqualTo(expected);
        }
    }

    private Set<String> domains() {
        return urls.values().stream()
                .flatMap(Collection::stream)
                .map(TestRows::domainOf)
                .collect(Collectors.toSet());
    }

    private static List<String> rows(Base version, int datasetId, ObjectStore store)
            throws IOException {
        var found = new ArrayList<String>();
        for (LakeFile file : version.snapshot().files(datasetId)) {
            try (RowCursor rows = UrlFile.open(store, file.key()).allRows()) {
                for (UrlRow row = rows.next(); row != null; row = rows.next()) {
                    found.add(TestRows.text(row));
                }
            }
        }
        return found;
    }
}
