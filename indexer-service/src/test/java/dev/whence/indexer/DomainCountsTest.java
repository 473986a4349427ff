package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DomainCountsTest {

    @Test
    void givesBackWhatWasAdded() {
        Random random = Seeded.random("DomainCountsTest");
        for (int size : new int[] {0, 1, 15, 16, 17, 1_000}) {
            TreeMap<String, Long> rows = rows(random, size);
            DomainCounts counts = counts(rows);
            assertThat(counts.size()).isEqualTo(rows.size());
            assertThat(counts.rows()).isEqualTo(rows.values().stream().mapToLong(r -> r).sum());
            assertThat(counts.domains()).containsExactlyElementsOf(rows.keySet());
            var found = new TreeMap<String, Long>();
            counts.forEach(found::put);
            assertThat(found).isEqualTo(rows);
            int at = 0;
            for (String domain : rows.keySet()) {
                assertThat(counts.domain(at)).isEqualTo(domain);
                assertThat(counts.indexOf(domain)).isEqualTo(at++);
            }
            for (String other : rows(random, 100).keySet()) {
                assertThat(counts.contains(other)).isEqualTo(rows.containsKey(other));
            }
            assertThat(counts.contains("")).isFalse();
            assertThat(counts.contains("~")).isFalse();
        }
    }

    @Test
    void aDomainThatGoesOnIsOneAndNoneMayDescend() {
        var builder = new DomainCounts.Builder();
        builder.add("a.example", 2);
        builder.add("a.example", 3);
        builder.add("b.example", 1L << 40);
        assertThatThrownBy(() -> builder.add("a.example", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("domain a.example comes after b.example");
        var lines = new ArrayList<String>();
        builder.build().forEach((domain, rows) -> lines.add(domain + " " + rows));
        assertThat(lines).containsExactly("a.example 5", "b.example " + (1L << 40));
    }

    @Test
    void sumsUpTheRowsOfSeveralFiles() {
        Random random = Seeded.random("DomainCountsTest");
        var expected = new TreeMap<String, Long>();
        var files = new ArrayList<DomainCounts>(List.of(counts(new TreeMap<>())));
        for (int file = 0; file < 20; file++) {
            TreeMap<String, Long> rows = rows(random, random.nextInt(200));
            rows.forEach((domain, more) -> expected.merge(domain, more, Long::sum));
            files.add(counts(rows));
        }
        var merged = new MergedCounts(files);
        var found = new ArrayList<String>();
        while (merged.next()) {
            found.add(merged.domain());
            assertThat(merged.rows()).isEqualTo(expected.get(merged.domain()));
        }
        assertThat(found).containsExactlyElementsOf(expected.keySet());
    }

    private static DomainCounts counts(TreeMap<String, Long> rows) {
        var builder = new DomainCounts.Builder();
        rows.forEach(builder::add);
        return builder.build();
    }

    private static TreeMap<String, Long> rows(Random random, int size) {
        var rows = new TreeMap<String, Long>();
        while (rows.size() < size) {
            String domain =
                    "%s%d.example"
                            .formatted("long".repeat(random.nextInt(4)), random.nextInt(3_000));
            rows.put(domain, random.nextLong(1, random.nextBoolean() ? 9 : 1L << 50));
        }
        return rows;
    }
}
