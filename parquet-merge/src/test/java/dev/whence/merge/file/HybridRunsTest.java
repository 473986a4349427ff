package dev.whence.merge.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.junit.jupiter.api.Test;

class HybridRunsTest {
    private static final long SEED = Long.getLong("seed", 8);

    @Test
    void readsWhatParquetsOwnEncoderWrites() throws IOException {
        Random random = new Random(SEED);
        for (int round = 0; round < 2_000; round++) {
            int bits = random.nextInt(33);
            int[] numbers = numbers(bits, random);
            byte[] packed = packed(numbers, bits);
            int[] read = new int[numbers.length + 3];
            HybridRuns.decode(packed, 0, packed.length, bits, read, numbers.length);
            assertThat(Arrays.copyOf(read, numbers.length))
                    .as("seed %d, round %d, %d bits", SEED, round, bits)
                    .isEqualTo(numbers);
        }
    }

    @Test
    void whatIsCutOffIsDamage() throws IOException {
        Random random = new Random(SEED);
        for (int round = 0; round < 500; round++) {
            int bits = random.nextInt(1, 33);
            int[] numbers = numbers(bits, random);
            byte[] packed = packed(numbers, bits);
            // The encoder fills its last group of eight up; more than that is missing here.
            int length = Math.max(0, packed.length - bits - 1);
            assertThatThrownBy(() ->
                            HybridRuns.decode(
                                    packed,
                                    0,
                                    length,
                                    bits,
                                    new int[numbers.length],
                                    numbers.length))
                    .as("seed %d, round %d", SEED, round)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("fewer than");
        }
    }

    private static int[] numbers(int bits, Random random) {
        int[] numbers = new int[random.nextInt(1, 200)];
        int number = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (i == 0 || random.nextInt(20) < round(random)) {
                number = bits == 0 ? 0 : random.nextInt() >>> (Integer.SIZE - bits);
            }
            numbers[i] = number;
        }
        return numbers;
    }

    /** Long runs and none. */
    private static int round(Random random) {
        return random.nextBoolean() ? 1 : 19;
    }

    private static byte[] packed(int[] numbers, int bits) throws IOException {
        try (var encoder =
                new RunLengthBitPackingHybridEncoder(
                        bits, 64, 1024, HeapByteBufferAllocator.getInstance())) {
            for (int number : numbers) {
                encoder.writeInt(number);
            }
            var out = new ByteArrayOutputStream();
            encoder.toBytes().writeAllTo(out);
            return out.toByteArray();
        }
    }
}
