package dev.whence.index;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Blocks whose checksums are right and whose content nobody of ours wrote: named, never a crash.
 */
class ForeignBlocksTest {
    private static final UUID BLOCK_ID = new UUID(1, 2);

    @TempDir Path root;

    @Test
    void dictionariesOfNoiseAreNamedOrAnswered() throws IOException {
        Random random = Seed.random("ForeignBlocksTest.dictionaries");
        for (int round = 0; round < 300; round++) {
            Path block = Files.createDirectory(root.resolve("d" + round));
            int blocks = 1 + random.nextInt(4);
            writeNoise(block, IndexFormat.DOMAINS, random, blocks, 0, blocks * 32L, 0);
            survives(List.of(block), List.of());
        }
    }

    @Test
    void domainsThatAreNotAsciiAreNamedByAMerge() throws IOException {
        Path block = Files.createDirectory(root.resolve("latin"));
        Envelope envelope = Envelope.of(IndexFormat.DOMAINS, IndexFixture.PROFILE, BLOCK_ID);
        int blocks = SuffixTraining.LEAST_DOMAINS / DictionaryWriter.BLOCK_DOMAINS;
        try (EnvelopeWriter out = new EnvelopeWriter(block, envelope)) {
            BlockBuffer head = new BlockBuffer();
            SuffixCode.plain().write(head);
            out.put(head.array(), 0, head.length());
            BlockTreeWriter tree = new BlockTreeWriter(out);
            for (int i = 0; i < blocks; i++) {
                BlockBuffer domains = new BlockBuffer();
                for (int j = 0; j < DictionaryWriter.BLOCK_DOMAINS; j++) {
                    domains.u8(0x01);
                    domains.u8('a');
                    domains.u8(0xE9);
                }
                tree.block(i, domains);
            }
            tree.finish(0, SuffixTraining.LEAST_DOMAINS, 0);
            out.finish();
        }
        assertThatThrownBy(() -> GenerationWriter.fold(root.resolve("merged"), List.of(block)))
                .isInstanceOf(CorruptIndexFileException.class)
                .hasMessageContaining("latin");
    }

    @Test
    void ordinalsOfNoiseAreNamedOrAnswered() throws IOException {
        Random random = Seed.random("ForeignBlocksTest.ordinals");
        for (int round = 0; round < 50; round++) {
            Path block = Files.createDirectory(root.resolve("o" + round));
            Envelope envelope = Envelope.of(IndexFormat.DOMAINS, IndexFixture.PROFILE, BLOCK_ID);
            try (DictionaryWriter writer =
                    new DictionaryWriter(block, envelope, 0, SuffixCode.plain())) {
                for (String domain : Domains.distinct(random, 100)) {
                    writer.add(DomainKey.of(domain).bytes());
                }
                writer.finish(Set.of(IndexFormat.ORDINALS));
            }
            if (random.nextBoolean()) {
                writeNoise(block, IndexFormat.ORDINALS, random, 2, 100);
            } else {
                writeOrdinals(block, random);
            }
            survives(List.of(block), List.of());
        }
    }

    @Test
    void segmentsOfNoiseAreNamedOrAnswered() throws IOException {
        Random random = Seed.random("ForeignBlocksTest.segments");
        Path dictionary = root.resolve("dictionary");
        GenerationWriter.write(dictionary, IndexFixture.PROFILE, 0, Domains.distinct(random, 50));
        for (int round = 0; round < 300; round++) {
            Path block = Files.createDirectory(root.resolve("s" + round));
            writeNoise(block, IndexFormat.MEMBERS, random, 1 + random.nextInt(4), 7, 7);
            Envelope envelope = Envelope.of(IndexFormat.FILES, IndexFixture.PROFILE, BLOCK_ID);
            int tails = random.nextInt(3);
            try (EnvelopeWriter out = new EnvelopeWriter(block, envelope)) {
                long added = noise(out, random, random.nextInt(4), 3);
                noise(out, random, random.nextInt(4), added, 3, tails);
                out.finish();
            }
            writeNoise(block, IndexFormat.DATASETS, random, 1 + random.nextInt(4), 7, 7, 7);
            writeNoise(block, IndexFormat.TAILS, random, random.nextInt(4));
            survives(List.of(dictionary), List.of(block));
        }
    }

    @Test
    void filtersAndHashesOfNoiseAreNamedOrAnswered() throws IOException {
        Random random = Seed.random("ForeignBlocksTest.filters");
        for (int round = 0; round < 200; round++) {
            Path block = Files.createDirectory(root.resolve("f" + round));
            IndexFormat format = random.nextBoolean() ? IndexFormat.FILTER : IndexFormat.HASH;
            Envelope envelope = Envelope.of(IndexFormat.DOMAINS, IndexFixture.PROFILE, BLOCK_ID);
            long checksum;
            try (DictionaryWriter writer =
                    new DictionaryWriter(block, envelope, 0, SuffixCode.plain())) {
                for (String domain : Domains.distinct(random, 100)) {
                    writer.add(DomainKey.of(domain).bytes());
                }
                writer.finish(Set.of(format));
                checksum = Integer.toUnsignedLong(writer.checksum());
            }
            if (random.nextInt(4) == 0) {
                writeNoise(block, format, random, 1 << random.nextInt(3), 100, checksum);
            } else {
                try (EnvelopeWriter out =
                        new EnvelopeWriter(
                                block, Envelope.of(format, IndexFixture.PROFILE, BLOCK_ID))) {
                    BlockTreeWriter tree = new BlockTreeWriter(out);
                    int shards = 1 << random.nextInt(3);
                    for (int i = 0; i < shards; i++) {
                        tree.block(i, shard(format, random));
                    }
                    tree.finish(100, checksum);
                    out.finish();
                }
            }
            survives(List.of(block), List.of());
        }
    }

    /** Noise behind runs that fit their number and lengths. */
    private static void writeOrdinals(Path block, Random random) throws IOException {
        int covered = random.nextInt(101);
        List<OrdinalRun> runs = covered == 0 ? List.of() : List.of(new OrdinalRun(0, covered));
        OrdinalCodes codes = OrdinalCodes.of(100, runs);
        Envelope envelope = Envelope.of(IndexFormat.ORDINALS, IndexFixture.PROFILE, BLOCK_ID);
        try (EnvelopeWriter out = new EnvelopeWriter(block, envelope)) {
            BlockTreeWriter tree = new BlockTreeWriter(out);
            BlockBuffer head = new BlockBuffer();
            head.varint(runs.size());
            runs.forEach(run -> {
                head.varint(0);
                head.varint(run.length());
            });
            tree.block(0, head);
            BlockBuffer group = new BlockBuffer();
            for (int i = 0; i < codes.groupBytes(); i++) {
                group.u8(random.nextInt(random.nextBoolean() ? 1 : 256));
            }
            tree.block(1, group);
            PackedInts.write(tree, 2, 2 * codes.others(), 8, _ -> random.nextInt(256));
            tree.finish(100);
            out.finish();
        }
    }

    private static void survives(List<Path> generations, List<Path> segments) throws IOException {
        try (IndexSnapshot snapshot = IndexSnapshot.open(generations, segments)) {
            assertThat(snapshot.check()).isNotEmpty();
            for (int i = 0; i < snapshot.domains(); i++) {
                int ordinal = i;
                attempt(snapshot, index -> index.domain(ordinal));
                attempt(snapshot, index -> index.datasetsOf(ordinal));
            }
            for (String domain : List.of("a", "news.com", "zzz", "\u0000", "\u007f")) {
                attempt(snapshot, index -> index.ordinalOf(domain));
                attempt(snapshot, index -> index.postings(0, domain));
                attempt(snapshot, index -> index.find(List.of("b", domain, "x")));
            }
            attempt(snapshot, index -> index.files().toList());
            for (long id = 0; id < 20; id++) {
                LakeFile file = new LakeFile(id, 1, "key", 1, List.of());
                attempt(snapshot, index -> index.tail(file));
            }
            for (int datasetId : new int[] {0, 1, 7, -1}) {
                attempt(snapshot, index -> index.sets().top(datasetId, 10));
            }
            attempt(snapshot, index -> index.sets().overlap(List.of(0, 1, 2, 3)));
        } catch (CorruptIndexFileException e) {
            assertThat(e).hasMessageStartingWith("Index file ");
        }
    }

    private static void attempt(IndexSnapshot snapshot, Consumer<IndexSnapshot> read) {
        try {
            read.accept(snapshot);
        } catch (UncheckedIOException e) {
            assertThat(e).hasCauseInstanceOf(CorruptIndexFileException.class);
        }
    }

    private static void writeNoise(
            Path block, IndexFormat format, Random random, int blocks, long... facts)
            throws IOException {
        Envelope envelope = Envelope.of(format, IndexFixture.PROFILE, BLOCK_ID);
        try (EnvelopeWriter out = new EnvelopeWriter(block, envelope)) {
            if (format == IndexFormat.DOMAINS) {
                BlockBuffer head = new BlockBuffer();
                List<byte[]> symbols = List.of(new byte[] {'a'}, ".com".getBytes(US_ASCII));
                new SuffixCode(random.nextBoolean() ? symbols : List.of()).write(head);
                out.put(head.array(), 0, head.length());
            }
            noise(out, random, blocks, facts);
            out.finish();
        }
    }

    /** A shard of noise behind a head that fits its length. */
    private static BlockBuffer shard(IndexFormat format, Random random) {
        BlockBuffer shard = new BlockBuffer();
        shard.u64(random.nextLong());
        int bytes;
        if (format == IndexFormat.FILTER) {
            FuseShape shape = new FuseShape(random.nextInt(6), 1 + random.nextInt(9));
            shard.u32(shape.segmentBits());
            shard.u32(shape.segments());
            bytes = (int) shape.slots();
        } else {
            int slots = 1 + random.nextInt(120);
            int buckets = 1 + random.nextInt(40);
            shard.u32(slots);
            shard.u32(buckets);
            shard.u32(random.nextInt(2));
            bytes =
                    buckets
                            + (int) PerfectHashWriter.slotBytes(slots, PerfectHashWriter.width(100))
                            + 7;
        }
        for (int i = 0; i < bytes; i++) {
            shard.u8(random.nextInt(256));
        }
        return shard;
    }

    private static long noise(EnvelopeWriter out, Random random, int blocks, long... facts)
            throws IOException {
        BlockTreeWriter tree = new BlockTreeWriter(out);
        long key = 0;
        for (int i = 0; i < blocks; i++) {
            BlockBuffer block = new BlockBuffer();
            int bytes = random.nextInt(600);
            int most = random.nextBoolean() ? 256 : 8;
            for (int j = 0; j < bytes; j++) {
                block.u8(random.nextInt(most));
            }
            key += random.nextBoolean() ? random.nextInt(20) : random.nextLong(1L << 60);
            tree.block(key, random.nextBoolean() ? compressed(block, random) : block);
        }
        return tree.finish(facts);
    }

    /** As blocks of added files are, so that the noise is what the frame holds. */
    private static BlockBuffer compressed(BlockBuffer noise, Random random) {
        byte[] zstd = Zstd.compress(Arrays.copyOf(noise.array(), noise.length()));
        BlockBuffer block = new BlockBuffer();
        block.varint(noise.length() + (random.nextInt(8) == 0 ? 1 : 0));
        block.put(zstd, 0, zstd.length);
        return block;
    }
}
