package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.DatasetTable;
import dev.whence.catalog.Strategy;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What every dataset holds, kept as simply as can be, and compared with a version row by row. */
final class NaiveLake {
    private final Map<String, List<String>> urls = new TreeMap<>();

    void take(Landings.Batch batch) {
        List<String> held = urls.computeIfAbsent(batch.dataset(), name -> new ArrayList<>());
        switch (batch.strategy()) {
            case Strategy.APPEND -> held.addAll(batch.urls());
            case Strategy.INSERT -> {
                Set<String> known = new HashSet<>(held);
                batch.urls().stream().filter(known::add).forEach(held::add);
            }
            default -> throw new IllegalArgumentException(batch.toString());
        }
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
                    found.add(row.url());
                }
            }
        }
        return found;
    }
}
