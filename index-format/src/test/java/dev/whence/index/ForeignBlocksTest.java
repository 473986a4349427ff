package dev.whence.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
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
    void ordinalsOfNoiseAreNamedOrAnswered() throws IOException {
        Random random = Seed.random("ForeignBlocksTest.ordinals");
        for (int round = 0; round < 50; round++) {
            Path block = Files.createDirectory(root.resolve("o" + round));
            Envelope envelope = Envelope.of(IndexFormat.DOMAINS, IndexFixture.PROFILE, BLOCK_ID);
            try (DictionaryWriter writer = new DictionaryWriter(block, envelope, 0)) {
                for (String domain : Domains.distinct(random, 100)) {
                    writer.add(DomainKey.of(domain).bytes());
                }
                writer.finish(true);
            }
            writeNoise(block, IndexFormat.ORDINALS, random, 2, 100);
            survives(List.of(block), List.of());
        }
    }

    @Test
    void segmentsOfNoiseAreNamedOrAnswered() throws IOException {
        Random random = Seed.random("ForeignBlocksTest.segments");
        Path dictionary = root.resolve("dictionary");
        GenerationWriter.write(
                dictionary, IndexFixture.PROFILE, 0, Domains.distinct(random, 50).iterator());
        for (int round = 0; round < 300; round++) {
            Path block = Files.createDirectory(root.resolve("s" + round));
            writeNoise(block, IndexFormat.MEMBERS, random, 1 + random.nextInt(4), 7, 7);
            Envelope envelope = Envelope.of(IndexFormat.FILES, IndexFixture.PROFILE, BLOCK_ID);
            try (EnvelopeWriter out = new EnvelopeWriter(block, envelope)) {
                long added = noise(out, random, random.nextInt(4), 3);
                noise(out, random, random.nextInt(4), added, 3);
                out.finish();
            }
            writeNoise(block, IndexFormat.DATASETS, random, 1 + random.nextInt(4), 7, 7, 7);
            survives(List.of(dictionary), List.of(block));
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
            }
            attempt(snapshot, index -> index.files().toList());
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
            noise(out, random, blocks, facts);
            out.finish();
        }
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
            tree.block(key, block);
        }
        return tree.finish(facts);
    }
}
