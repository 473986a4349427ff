package dev.whence.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Sets of domains from plain counts. */
final class NaiveSets {

    private final NaiveIndex index;

    NaiveSets(NaiveIndex index) {
        this.index = index;
    }

    void assertSameAs(DatasetSets sets, int... datasetIds) {
        int n = datasetIds.length;
        List<Integer> ids = Arrays.stream(datasetIds).boxed().toList();
        long[][] overlap = sets.overlap(ids);
        assertThat(sets.overlap(ids, 3)).isDeepEqualTo(overlap);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                DatasetSelection both = DatasetSelection.allOf(ids.get(i), ids.get(j));
                assertThat(overlap[i][j]).isEqualTo(ordinals(both).size());
            }
            DatasetSelection others =
                    new DatasetSelection(
                            List.of(ids.get(i)),
                            List.of(ids.get((i + 1) % n), ids.get((i + 2) % n)));
            DatasetSelection shared =
                    new DatasetSelection(
                            List.of(ids.get(i), ids.get((i + 3) % n)),
                            List.of(ids.get((i + 1) % n)));
            for (DatasetSelection each :
                    List.of(DatasetSelection.allOf(ids.get(i)), others, shared)) {
                assertSame(sets, each);
            }
            for (int limit : new int[] {1, 7, 1000}) {
                assertThat(sets.top(ids.get(i), limit)).isEqualTo(top(ids.get(i), limit));
            }
        }
        assertSameIntersections(sets, ids.subList(0, Math.min(n, 5)));
    }

    private void assertSameIntersections(DatasetSets sets, List<Integer> ids) {
        long[] expected = new long[1 << ids.size()];
        for (int ordinal = 0; ordinal < index.domains.size(); ordinal++) {
            int place = 0;
            for (int i = 0; i < ids.size(); i++) {
                place |= index.count(ordinal, ids.get(i)) > 0 ? 1 << i : 0;
            }
            expected[place]++;
        }
        expected[0] = 0;
        assertThat(sets.intersections(ids)).isEqualTo(expected);
    }

    private void assertSame(DatasetSets sets, DatasetSelection selection) {
        List<Integer> expected = ordinals(selection);
        assertThat(sets.count(selection)).isEqualTo(expected.size());
        for (int limit : new int[] {1 + expected.size() / 3, 10_000}) {
            assertThat(pagesByOrdinal(sets, selection, limit)).isEqualTo(expected);
            for (String prefix : List.of("", "a", "news", "xn--", "zz")) {
                TreeSet<String> domains = new TreeSet<>();
                for (int ordinal : expected) {
                    if (index.domains.get(ordinal).startsWith(prefix)) {
                        domains.add(index.domains.get(ordinal));
                    }
                }
                assertThat(pagesByName(sets, selection, prefix, limit))
                        .containsExactlyElementsOf(domains);
            }
        }
    }

    private static List<Integer> pagesByOrdinal(
            DatasetSets sets, DatasetSelection selection, int limit) {
        List<Integer> found = new ArrayList<>();
        OptionalInt next = OptionalInt.of(0);
        while (next.isPresent()) {
            OrdinalPage page = sets.ordinals(selection, next.getAsInt(), limit);
            assertThat(page.ordinals()).hasSizeLessThanOrEqualTo(limit);
            found.addAll(page.ordinals());
            next = page.next();
        }
        return found;
    }

    private static List<String> pagesByName(
            DatasetSets sets, DatasetSelection selection, String prefix, int limit) {
        DomainPage page = sets.domains(selection, prefix, "", limit);
        List<String> found = new ArrayList<>(page.domains());
        while (page.next().isPresent()) {
            page = sets.domains(selection, prefix, page.next().get(), limit);
            assertThat(page.domains()).hasSizeLessThanOrEqualTo(limit);
            found.addAll(page.domains());
        }
        return found;
    }

    private List<Integer> ordinals(DatasetSelection selection) {
        return IntStream.range(0, index.domains.size())
                .filter(ordinal ->
                        selection.allOf().stream().allMatch(id -> index.count(ordinal, id) > 0)
                                && selection.noneOf().stream()
                                        .allMatch(id -> index.count(ordinal, id) == 0))
                .boxed()
                .toList();
    }

    private List<DomainCount> top(int datasetId, int limit) {
        return ordinals(DatasetSelection.allOf(datasetId)).stream()
                .map(ordinal ->
                        new DomainCount(
                                index.domains.get(ordinal), index.count(ordinal, datasetId)))
                .sorted(Comparator.comparingLong(DomainCount::urls).reversed())
                .limit(limit)
                .toList();
    }
}
