package dev.whence.merge.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;

class KeyRangesTest {
    private static final long SEED = Long.getLong("seed", 13);

    private final KeyColumn column =
            KeyColumnTest.column(Types.optional(PrimitiveTypeName.INT64).named("k"));

    @Test
    void answersExactlyWhileTheValuesFit() {
        KeyRanges ranges = KeyBoundsTest.ranges(column, "10", "30", "20", "20", null, "40");
        assertThat(ranges.mayIntersect(between(11, 19))).isFalse();
        assertThat(ranges.mayIntersect(between(11, 20))).isTrue();
        assertThat(ranges.mayIntersect(between(41, 50))).isFalse();
        assertThat(ranges.exactWithin(between(15, 30), 2))
                .hasValueSatisfying(values ->
                        assertThat(values)
                                .containsExactly(
                                        KeyColumnTest.text(column, "20"),
                                        KeyColumnTest.text(column, "30")));
        assertThat(ranges.exactWithin(between(15, 30), 1)).isEmpty();
        assertThat(ranges.exactWithin(KeyBounds.unknown(column), 5).orElseThrow()).hasSize(5);
        assertThat(ranges.exactWithin(KeyBounds.unknown(column), 4)).isEmpty();
    }

    @Test
    void nothingIntersectsAnEmptySource() {
        KeyRanges ranges = KeyBoundsTest.ranges(column);
        assertThat(ranges.isEmpty()).isTrue();
        assertThat(ranges.mayIntersect(KeyBounds.unknown(column))).isFalse();
        assertThat(ranges.exactWithin(KeyBounds.unknown(column), 0))
                .isEqualTo(Optional.of(List.of()));
    }

    @Test
    void clustersStayApartWhenValuesDoNotFit() {
        KeyRanges ranges = new KeyRanges(KeyKind.INTEGER, 4096);
        KeyBuffer buffer = new KeyBuffer();
        for (long cluster = 0; cluster < 8; cluster++) {
            for (long i = 0; i < 5_000; i++) {
                buffer.clear();
                column.encodeLong(cluster * 1_000_000 - 4_000_000 + i, buffer);
                ranges.add(buffer.bytes(), 0, buffer.length());
            }
        }
        ranges.close();
        for (long cluster = 0; cluster < 8; cluster++) {
            long start = cluster * 1_000_000 - 4_000_000;
            assertThat(ranges.mayIntersect(between(start + 17, start + 18))).isTrue();
            assertThat(ranges.mayIntersect(between(start + 5_000, start + 999_999))).isFalse();
        }
        assertThat(ranges.exactWithin(between(-4_000_000, -3_999_000), 10_000)).isEmpty();
    }

    @Test
    void isAlwaysASupersetOfWhatWasAdded() {
        Random random = new Random(SEED);
        for (int round = 0; round < 60; round++) {
            KeyRanges ranges = new KeyRanges(KeyKind.INTEGER, 4096);
            TreeSet<Long> values = new TreeSet<>();
            KeyBuffer buffer = new KeyBuffer();
            int count = random.nextInt(1, 3_000);
            int spread = random.nextInt(1, 1_000_000);
            for (int i = 0; i < count; i++) {
                long value = random.nextInt(spread) - spread / 2;
                values.add(value);
                buffer.clear();
                column.encodeLong(value, buffer);
                ranges.add(buffer.bytes(), 0, buffer.length());
            }
            ranges.close();
            for (int probe = 0; probe < 300; probe++) {
                long from = random.nextInt(spread) - spread / 2;
                long to = from + random.nextInt(1 + spread / 100);
                List<Long> within = List.copyOf(values.subSet(from, true, to, true));
                KeyBounds bounds = between(from, to);
                if (!within.isEmpty()) {
                    assertThat(ranges.mayIntersect(bounds)).as("seed %d", SEED).isTrue();
                }
                ranges.exactWithin(bounds, 100_000)
                        .ifPresent(exact -> assertThat(exact).hasSize(within.size()));
            }
        }
    }

    private KeyBounds between(long min, long max) {
        return KeyBounds.ofChunk(
                column,
                Statistics.getBuilderForReading(column.type())
                        .withMin(BytesUtils.longToBytes(min))
                        .withMax(BytesUtils.longToBytes(max))
                        .withNumNulls(0)
                        .build(),
                1_000);
    }
}
