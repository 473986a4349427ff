package dev.whence.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BitsTest {
    private static final MappedFile FILE =
            new MappedFile(
                    "bits",
                    Envelope.of(IndexFormat.MEMBERS, IndexFixture.PROFILE, new UUID(1, 2)),
                    MemorySegment.NULL,
                    Arena.global());

    private record Coded(long value, int order) {}

    @Test
    void everyNumberComesBackInEveryOrderThatHasACodeForIt() {
        Random random = Seed.random("BitsTest");
        List<Coded> numbers = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            long value = random.nextLong() >>> random.nextInt(64);
            numbers.add(
                    new Coded(i % 100 == 0 ? -2 : value, random.nextInt(BitWriter.MAX_ORDER + 1)));
        }
        numbers.removeIf(each -> BitWriter.length(each.value, each.order) > 200);
        BlockBuffer out = new BlockBuffer();
        BitWriter writer = new BitWriter(out);
        for (Coded each : numbers) {
            long before = writer.bits();
            writer.code(each.value, each.order);
            assertThat(writer.bits() - before).isEqualTo(BitWriter.length(each.value, each.order));
        }
        writer.finish();
        BitReader reader = reader(out.array(), out.length());
        for (Coded each : numbers) {
            assertThat(reader.code(each.order)).as("%s", each).isEqualTo(each.value);
        }
    }

    @Test
    void nothingBeyondTheEndIsBelieved() {
        byte[] zeros = new byte[3];
        assertThatThrownBy(() -> reader(zeros, 3).code(0))
                .hasCauseInstanceOf(CorruptIndexFileException.class);
        byte[] distant = new byte[30];
        distant[20] = 1;
        assertThatThrownBy(() -> reader(distant, 30).code(0)).hasMessageContaining("bits");
        assertThatThrownBy(() -> reader(new byte[] {1}, 1).code(8))
                .hasMessageContaining("9 bits expected");
        assertThatThrownBy(() -> reader(zeros, 3).skip(25)).hasMessageContaining("expected");
        assertThatThrownBy(() -> reader(zeros, 3).bitsAt(0, 3, 8)).hasMessageContaining("ends");
        assertThatThrownBy(() -> reader(zeros, 3).position(25)).hasMessageContaining("ends");
    }

    private static BitReader reader(byte[] bytes, int length) {
        MemorySegment region = Arena.ofAuto().allocate(length + Long.BYTES);
        MemorySegment.copy(bytes, 0, region, ValueLayout.JAVA_BYTE, 0, length);
        return new BitReader(FILE, region, 0, length);
    }
}
