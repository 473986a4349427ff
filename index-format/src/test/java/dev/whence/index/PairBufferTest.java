package dev.whence.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PairBufferTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    private final PairBuffer buffer = new PairBuffer();
    private final TreeMap<Long, Long> model = new TreeMap<>();

    @Test
    void sumsWhatComesInAnyOrder() {
        System.out.println("seed " + SEED);
        var random = new Random(SEED);
        for (int stretch = 0; stretch < 200; stretch++) {
            long pair = random.nextInt(20_000);
            boolean inOrder = random.nextBoolean();
            for (int i = random.nextInt(1_000); i > 0; i--) {
                add(pair, random.nextInt(5) - 2);
                pair = inOrder ? pair + random.nextInt(3) : random.nextInt(20_000);
            }
            if (random.nextInt(20) == 0) {
                assertFolded();
            }
        }
        assertFolded();
    }

    @Test
    void leavesOutWhatComesToNothingAlsoWhereAllCameInOrder() {
        for (long pair = 0; pair < 5_000; pair++) {
            add(pair, 3);
            add(pair, pair % 2 == 0 ? -3 : 1);
        }
        assertFolded();
        for (long pair = 4_999; pair >= 0; pair--) {
            add(pair, -4);
        }
        assertFolded();
    }

    @Test
    void isEmptyAtFirstAndAfterAllCameToNothing() {
        assertThat(buffer.fold()).isZero();
        add(7, 1);
        add(7, -1);
        assertThat(buffer.fold()).isZero();
        add(3, 1);
        assertFolded();
    }

    private void add(long pair, long change) {
        buffer.add(pair, change);
        model.merge(pair, change, Long::sum);
    }

    private void assertFolded() {
        model.values().removeIf(change -> change == 0);
        var folded = new TreeMap<Long, Long>();
        int size = buffer.fold();
        for (int i = 0; i < size; i++) {
            assertThat(i == 0 || buffer.pair(i - 1) < buffer.pair(i)).isTrue();
            folded.put(buffer.pair(i), buffer.change(i));
        }
        assertThat(folded).isEqualTo(model);
    }
}
