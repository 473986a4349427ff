package dev.whence.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.url.DomainPrefix;
import dev.whence.url.Fingerprint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** The index as plain collections: slow, and plainly right. */
final class NaiveIndex {

    final List<String> domains = new ArrayList<>();
    final Map<String, Integer> ordinals = new HashMap<>();
    final Map<Integer, TreeMap<Long, Long>> counts = new HashMap<>();
    final Map<Long, LakeFile> live = new TreeMap<>();
    final Map<Long, byte[]> tails = new HashMap<>();

    void addDomain(String domain) {
        ordinals.put(domain, domains.size());
        domains.add(domain);
    }

    void change(int ordinal, int datasetId, long delta) {
        counts.computeIfAbsent(ordinal, key -> new TreeMap<>())
                .merge(Integer.toUnsignedLong(datasetId), delta, Long::sum);
    }

    long count(int ordinal, int datasetId) {
        return counts.getOrDefault(ordinal, new TreeMap<>())
                .getOrDefault(Integer.toUnsignedLong(datasetId), 0L);
    }

    List<DatasetCount> datasetsOf(int ordinal) {
        return counts.getOrDefault(ordinal, new TreeMap<>()).entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map(entry -> new DatasetCount(entry.getKey().intValue(), entry.getValue()))
                .toList();
    }

    List<LakeFile> files() {
        return live.values().stream()
                .sorted(
                        Comparator.comparing(LakeFile::datasetId, Integer::compareUnsigned)
                                .thenComparing(LakeFile::fileId))
                .toList();
    }

    List<LakeFile> files(int datasetId) {
        return files().stream().filter(file -> file.datasetId() == datasetId).toList();
    }

    List<Posting> postings(int datasetId, String domain) {
        List<Posting> postings = new ArrayList<>();
        String hash = Fingerprint.hex(Fingerprint.of(domain));
        for (LakeFile file : files(datasetId)) {
            if (!hash.startsWith(DomainPrefix.ofKey(file.key()).digits())) {
                continue;
            }
            for (int i = 0; i < file.rowGroups().size(); i++) {
                RowGroupBounds bounds = file.rowGroups().get(i);
                if (bounds.firstDomain().compareTo(domain) <= 0
                        && domain.compareTo(bounds.lastDomain()) <= 0) {
                    postings.add(new Posting(file, i));
                }
            }
        }
        return postings;
    }

    /** Compares every answer. */
    void assertSameAs(IndexSnapshot snapshot, int... datasetIds) {
        assertThat(snapshot.check()).isEmpty();
        assertThat(snapshot.domains()).isEqualTo(domains.size());
        assertThat(snapshot.files().toList()).isEqualTo(files());
        files().forEach(file -> {
            byte[] tail = snapshot.tail(file).orElse(new byte[0]);
            assertThat(tail).isEqualTo(tails.getOrDefault(file.fileId(), new byte[0]));
        });
        for (int ordinal = 0; ordinal < domains.size(); ordinal++) {
            String domain = domains.get(ordinal);
            assertThat(snapshot.ordinalOf(domain)).as(domain).isEqualTo(ordinal);
            assertThat(snapshot.domain(ordinal)).isEqualTo(domain);
            assertThat(snapshot.datasetsOf(ordinal)).as(domain).isEqualTo(datasetsOf(ordinal));
            assertThat(snapshot.ordinalOf(domain + "!")).isEqualTo(-1);
        }
        FoundDomainsTest.assertSameAsSingleCalls(snapshot, new Random(domains.size()));
        for (String prefix : List.of("", "a", "news", "shop1", "xn--", "zz", "blog.de")) {
            assertPagesOf(prefix, snapshot);
        }
        new NaiveSets(this).assertSameAs(snapshot.sets(), datasetIds);
        new NaiveSets(this).assertSameAs(snapshot.sets().lookingAt(30, 20), datasetIds);
        for (int datasetId : datasetIds) {
            assertThat(snapshot.files(datasetId)).isEqualTo(files(datasetId));
            for (int ordinal = 0; ordinal < domains.size(); ordinal += 7) {
                String domain = domains.get(ordinal);
                assertThat(snapshot.count(ordinal, datasetId)).isEqualTo(count(ordinal, datasetId));
                assertThat(snapshot.postings(datasetId, domain))
                        .as(domain)
                        .isEqualTo(postings(datasetId, domain));
            }
        }
    }

    private void assertPagesOf(String prefix, IndexSnapshot snapshot) {
        List<IndexedDomain> expected =
                new TreeMap<>(ordinals)
                        .tailMap(prefix).entrySet().stream()
                                .filter(entry -> entry.getKey().startsWith(prefix))
                                .map(entry -> new IndexedDomain(entry.getKey(), entry.getValue()))
                                .toList();
        List<IndexedDomain> found = new ArrayList<>();
        int limit = 1 + expected.size() / 3;
        List<IndexedDomain> page = snapshot.prefix(prefix, "", limit);
        while (!page.isEmpty()) {
            found.addAll(page);
            page = snapshot.prefix(prefix, page.getLast().domain(), limit);
        }
        assertThat(found).as("prefix %s", prefix).isEqualTo(expected);
    }
}
