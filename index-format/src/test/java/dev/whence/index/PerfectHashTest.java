package dev.whence.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerfectHashTest {

    @TempDir Path root;

    @Test
    void givesEveryHashASlotOfItsOwn() {
        Random random = Seed.random("PerfectHashTest");
        for (int size : new int[] {1, 2, 3, 5, 8, 100, 1_000, 50_000, 250_000}) {
            long[] hashes = random.longs(size).distinct().toArray();
            HashShape shape = HashShape.of(hashes.length, 0);
            PilotSearch search = new PilotSearch(shape, hashes);
            for (int attempt = 1; !search.run(); attempt++) {
                assertThat(attempt).as("%d keys", size).isLessThan(10);
                shape = HashShape.of(hashes.length, attempt);
                search = new PilotSearch(shape, hashes);
            }
            BitSet slots = new BitSet();
            BitSet keys = new BitSet();
            search.forEach((slot, _, key) -> {
                assertThat(slots.get(slot)).isFalse();
                slots.set(slot);
                keys.set(key);
            });
            assertThat(keys.cardinality()).isEqualTo(hashes.length);
            assertThat(slots.length()).isLessThanOrEqualTo(shape.slots());
            assertThat(search.leftOut()).isZero();
        }
    }

    @Test
    void refusesBucketsThatWereMadeLarge() {
        HashShape shape = HashShape.of(20_000, 0);
        long[] hashes =
                new Random(1)
                        .longs()
                        .filter(h -> shape.bucket(shape.mixed(h)) == 0)
                        .limit(20_000)
                        .toArray();
        assertThat(new PilotSearch(shape, hashes).run()).isFalse();
        ShardKeys keys = new ShardKeys(hashes.length);
        System.arraycopy(hashes, 0, keys.hashes, 0, hashes.length);
        assertThat(PerfectHashWriter.block(keys, 10).length()).isPositive();
    }

    @Test
    void doesNotFitWhereHashesCrowdInOneShard() throws IOException {
        try (HashPartitions hashes = new HashPartitions(root)) {
            for (int i = 0; i <= PerfectHashWriter.MOST_SHARD_KEYS; i++) {
                hashes.add(i, i);
            }
            assertThat(PerfectHashWriter.fits(hashes)).isFalse();
            assertThat(FuseFilterWriter.fits(hashes)).isTrue();
        }
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void findsDomainsOfOneHashByTheDictionary() throws IOException {
        List<String> domains = List.of("a.com", "b.com", "c.com", "d.com");
        long[] hashes = {7, 7, 7, 9};
        try (Arena arena = Arena.ofConfined()) {
            PerfectHash hash = write(domains, hashes, root, arena);
            for (int i = 0; i < hashes.length; i++) {
                assertThat(hash.rankOf(DomainKey.of(domains.get(i)), hashes[i])).isEqualTo(i);
            }
            assertThat(hash.rankOf(DomainKey.of("e.com"), 7)).isEqualTo(-1);
            assertThat(hash.rankOf(DomainKey.of("e.com"), 9)).isEqualTo(-1);
        }
    }

    @Test
    void aStaleFileOfTheSameBlockBelongsToAnotherDictionary() throws IOException {
        Path now = Files.createDirectory(root.resolve("now"));
        Path before = Files.createDirectory(root.resolve("before"));
        try (Arena arena = Arena.ofConfined()) {
            write(List.of("a.com", "b.com"), new long[] {1, 2}, before, arena);
            write(List.of("a.com", "c.com"), new long[] {1, 2}, now, arena);
        }
        for (IndexFormat format : List.of(IndexFormat.FILTER, IndexFormat.HASH)) {
            Path file = format.in(now);
            byte[] kept = Files.readAllBytes(file);
            Files.copy(format.in(before), file, StandardCopyOption.REPLACE_EXISTING);
            assertThatThrownBy(() -> IndexSnapshot.open(List.of(now), List.of()))
                    .isInstanceOf(CorruptIndexFileException.class)
                    .hasMessageContaining(format.fileName)
                    .hasMessageContaining("belongs to another dictionary");
            Files.write(file, kept);
        }
    }

    /** A generation whose domains have these hashes, whatever their own are. */
    private static PerfectHash write(List<String> domains, long[] hashes, Path block, Arena arena)
            throws IOException {
        UUID id = new UUID(1, 2);
        Envelope envelope = Envelope.of(IndexFormat.DOMAINS, IndexFixture.PROFILE, id);
        try (DictionaryWriter writer =
                        new DictionaryWriter(block, envelope, 0, SuffixCode.plain());
                HashPartitions partitions = new HashPartitions(block)) {
            for (String domain : domains) {
                partitions.add(hashes[writer.domains()], writer.domains());
                writer.add(DomainKey.of(domain).bytes());
            }
            writer.finish(Set.of(IndexFormat.FILTER, IndexFormat.HASH));
            int checksum = writer.checksum();
            FuseFilterWriter.write(
                    block,
                    Envelope.of(IndexFormat.FILTER, IndexFixture.PROFILE, id),
                    partitions,
                    checksum);
            PerfectHashWriter.write(
                    block,
                    Envelope.of(IndexFormat.HASH, IndexFixture.PROFILE, id),
                    partitions,
                    checksum);
        }
        Dictionary dictionary = new Dictionary(MappedFile.open(block, IndexFormat.DOMAINS, arena));
        return new PerfectHash(MappedFile.open(block, IndexFormat.HASH, arena), dictionary);
    }
}
