package dev.whence.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FuseFilterTest {
    private static final Envelope ENVELOPE =
            Envelope.of(IndexFormat.FILTER, IndexFixture.PROFILE, new UUID(1, 2));
    private static final int DICTIONARY = 77;

    @TempDir Path root;

    @Test
    void holdsEveryHashAndFewOthers() throws IOException {
        Random random = Seed.random("FuseFilterTest");
        for (int size : new int[] {1, 2, 3, 4, 10, 100, 5_000, 100_000}) {
            assertHolds(random, size, size);
        }
    }

    @Test
    void holdsEveryHashOfShardsWhoseKeysWentToAScratchFile() throws IOException {
        int size = 4_300_000;
        assertHolds(Seed.random("FuseFilterTest.shards"), size, size);
    }

    @Test
    void holdsDomainsOfOneHash() throws IOException {
        assertHolds(Seed.random("FuseFilterTest.equal"), 3_000, 1_000);
    }

    private void assertHolds(Random random, int size, int distinct) throws IOException {
        Path block = Files.createDirectory(root.resolve("size-" + size));
        long salt = random.nextLong();
        try (HashPartitions hashes = new HashPartitions(block)) {
            for (int i = 0; i < size; i++) {
                hashes.add(Mixing.of(salt + i % distinct), i);
            }
            BlockFile file = FuseFilterWriter.write(block, ENVELOPE, hashes, DICTIONARY);
            assertThat(file.bytes()).isLessThan(200 + 2L * size);
        }
        assertThat(block.resolve("hashes.scratch")).doesNotExist();
        try (Arena arena = Arena.ofConfined()) {
            MappedFile file = MappedFile.open(block, IndexFormat.FILTER, arena);
            file.checkContent();
            FuseFilter filter = new FuseFilter(file, size, DICTIONARY);
            for (int i = 0; i < distinct; i++) {
                assertThat(filter.mayContain(Mixing.of(salt + i))).isTrue();
            }
            int passed = 0;
            int others = 20_000;
            for (int i = 0; i < others; i++) {
                passed += filter.mayContain(random.nextLong()) ? 1 : 0;
            }
            assertThat(passed).isLessThan(others / 100);
        }
    }
}
