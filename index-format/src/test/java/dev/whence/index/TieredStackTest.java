package dev.whence.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TieredStackTest {

    @Test
    void foldsAFanOutOfNeighboursOfOneTier() {
        TieredStack stack = new TieredStack(4, 12);
        assertThat(stack.plan(List.of(1000L, 1L, 1L, 1L))).isEmpty();
        assertThat(stack.plan(List.of(1000L, 1L, 1L, 1L, 1L))).contains(new TieredStack.Fold(1, 5));
        assertThat(stack.plan(List.of(16L, 17L, 1L, 18L, 19L, 1L)))
                .contains(new TieredStack.Fold(0, 6));
    }

    @Test
    void foldsTheMostEvenNeighboursWhenTooManyAreLive() {
        assertThat(new TieredStack(8, 3).plan(List.of(5000L, 600L, 70L, 70L)))
                .contains(new TieredStack.Fold(2, 4));
    }

    @Test
    void leavesAStackInOrderAlone() {
        assertThat(new TieredStack(8, 12).plan(List.of())).isEqualTo(Optional.empty());
        assertThat(new TieredStack(8, 12).plan(List.of(0L))).isEmpty();
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatThrownBy(() -> new TieredStack(1, 12)).hasMessageContaining("Fan-out");
        assertThatThrownBy(() -> new TieredStack(33, 12)).hasMessageContaining("Fan-out");
        assertThatThrownBy(() -> new TieredStack(8, 0)).hasMessageContaining("live");
    }

    /** The binary logarithm, halved: twelve live blocks cannot hold all tiers of eight. */
    @ParameterizedTest
    @ValueSource(ints = {100, 2_000, 50_000})
    void rewritesEachByteAboutLogNTimesAndKeepsTheStackShort(int publishes) {
        Random random = Seed.random("TieredStackTest");
        for (int spread : new int[] {1, 100}) {
            long written = 0;
            long rewritten = 0;
            List<Long> sizes = new ArrayList<>();
            TieredStack stack = new TieredStack(8, 12);
            for (int i = 0; i < publishes; i++) {
                long size = 1000L * (1 + random.nextInt(spread));
                written += size;
                sizes.add(size);
                rewritten += settle(stack, sizes);
                assertThat(sizes).hasSizeLessThanOrEqualTo(12);
            }
            double log = Math.log(publishes) / Math.log(2);
            assertThat((double) rewritten / written).isLessThan(log / 2 + 1);
        }
    }

    private static long settle(TieredStack stack, List<Long> sizes) {
        long rewritten = 0;
        for (var fold = stack.plan(sizes); fold.isPresent(); fold = stack.plan(sizes)) {
            List<Long> folded = sizes.subList(fold.get().from(), fold.get().to());
            long sum = folded.stream().mapToLong(Long::longValue).sum();
            folded.clear();
            sizes.add(fold.get().from(), sum);
            rewritten += sum;
        }
        return rewritten;
    }
}
