package dev.whence.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many domains in one call: the answers of as many calls. */
class FoundDomainsTest {
    private static final int MANY = 3_000;

    @TempDir Path root;

    @Test
    void answersManyDomainsAsSingleCallsDo() throws IOException {
        Random random = Seed.random("FoundDomainsTest");
        List<Path> generations = new ArrayList<>();
        TreeSet<String> all = new TreeSet<>();
        for (LookupFiles lookup :
                List.of(
                        LookupFiles.DEFAULT,
                        IndexFixture.EVERY_FILE,
                        new LookupFiles(Integer.MAX_VALUE, Integer.MAX_VALUE))) {
            TreeSet<String> fresh = Domains.distinct(random, MANY);
            // More than a block begins with the same eight bytes, and the longest there are.
            for (int i = 0; i < 100; i++) {
                fresh.add("shared-prefix-" + all.size() + "-" + i + ".org");
            }
            fresh.add(all.size() + "x".repeat(250));
            fresh.removeAll(all);
            generations.add(root.resolve("generation-" + generations.size()));
            GenerationWriter.write(
                    generations.getLast(), IndexFixture.PROFILE, all.size(), fresh, lookup);
            all.addAll(fresh);
        }
        try (IndexSnapshot snapshot =
                IndexSnapshot.open(generations, segments(random, all.size()))) {
            assertSameAsSingleCalls(snapshot, random);
        }
    }

    @Test
    void refusesMoreThanTenThousand() throws IOException {
        try (IndexSnapshot snapshot = IndexFixture.write(root).open()) {
            assertThat(snapshot.find(Collections.nCopies(10_000, "a"), 64)).hasSize(10_000);
            assertThat(snapshot.find(List.of())).isEmpty();
            assertThatThrownBy(() -> snapshot.find(Collections.nCopies(10_001, "a")))
                    .hasMessageContaining("10,001");
        }
    }

    @Test
    void namesADamagedBlockOnWhicheverThreadItIsRead() throws IOException {
        IndexFixture index = IndexFixture.write(root);
        Path members = index.segments.getFirst().resolve("members");
        byte[] bytes = Files.readAllBytes(members);
        bytes[Envelope.HEADER_BYTES + 10] ^= 1;
        Files.write(members, bytes);
        List<String> wanted = new ArrayList<>(Collections.nCopies(4_000, "nobody.example"));
        wanted.addAll(Collections.nCopies(4_000, "whence.dev"));
        try (IndexSnapshot snapshot = index.open()) {
            for (int threads : new int[] {1, 2, 8}) {
                assertThatThrownBy(() -> snapshot.find(wanted, threads))
                        .isInstanceOf(UncheckedIOException.class)
                        .hasCauseInstanceOf(CorruptIndexFileException.class);
            }
        }
    }

    /** A segment with large entries that go over blocks, and small ones over it. */
    private List<Path> segments(Random random, int domains) throws IOException {
        List<Path> segments = new ArrayList<>();
        for (int stack = 0; stack < 4; stack++) {
            SegmentWriter writer = new SegmentWriter(IndexFixture.PROFILE);
            for (int i = 0; i < (stack == 0 ? 4 * domains : 500); i++) {
                int ordinal = random.nextInt(domains);
                int dataset = random.nextInt(i % 100 == 0 ? Integer.MAX_VALUE : 300);
                writer.change(ordinal, dataset, 1 + (random.nextLong() >>> random.nextInt(1, 64)));
            }
            for (int dataset = 0; stack < 2 && dataset < 9_000; dataset++) {
                writer.change(domains / 2, dataset, 1L << dataset % 62);
            }
            segments.add(root.resolve("segment-" + stack));
            writer.write(segments.getLast());
        }
        return segments;
    }

    /** Asks for all domains, and for some that are not there, in no order. */
    static void assertSameAsSingleCalls(IndexSnapshot snapshot, Random random) {
        List<String> wanted = new ArrayList<>(List.of("", "?", "ä.example", "x".repeat(256), "€"));
        for (int ordinal = 0; ordinal < snapshot.domains(); ordinal++) {
            wanted.add(snapshot.domain(ordinal));
            if (random.nextInt(4) == 0) {
                wanted.add(snapshot.domain(ordinal) + "~");
            }
        }
        Collections.shuffle(wanted, random);
        for (int threads : new int[] {1, 3}) {
            for (int from = 0; from < wanted.size(); from += 9_000) {
                List<String> part = wanted.subList(from, Math.min(wanted.size(), from + 9_000));
                assertThat(snapshot.find(part, threads))
                        .isEqualTo(part.stream().map(domain -> single(snapshot, domain)).toList());
            }
        }
    }

    private static FoundDomain single(IndexSnapshot snapshot, String domain) {
        int ordinal = snapshot.ordinalOf(domain);
        return new FoundDomain(ordinal, ordinal < 0 ? List.of() : snapshot.datasetsOf(ordinal));
    }
}
