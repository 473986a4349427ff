package dev.whence.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationTest {
    private static final UrlProfile PROFILE = IndexFixture.PROFILE;

    @TempDir Path root;

    @Test
    void findsEveryDomainAndNoOther() throws IOException {
        Random random = Seed.random("GenerationTest");
        for (int size : new int[] {0, 1, 31, 32, 33, 8191, 8192, 8193, 40_000}) {
            List<String> domains = List.copyOf(Domains.distinct(random, size));
            Path block = root.resolve("size-" + size);
            GenerationWriter.write(block, PROFILE, 0, domains, IndexFixture.EVERY_FILE);
            try (IndexSnapshot snapshot = IndexSnapshot.open(List.of(block), List.of())) {
                assertThat(snapshot.check()).isEmpty();
                assertThat(snapshot.domains()).isEqualTo(size);
                for (int i = 0; i < size; i++) {
                    assertThat(snapshot.ordinalOf(domains.get(i))).isEqualTo(i);
                    assertThat(snapshot.domain(i)).isEqualTo(domains.get(i));
                }
                TreeSet<String> known = new TreeSet<>(domains);
                for (int i = 0; i < 2000; i++) {
                    String other = Domains.random(random);
                    if (!known.contains(other)) {
                        assertThat(snapshot.ordinalOf(other)).as(other).isEqualTo(-1);
                    }
                }
            }
        }
    }

    @Test
    void holdsDomainsOfOneAndOf255BytesAndManyOfOneBeginning() throws IOException {
        TreeSet<String> domains = new TreeSet<>(List.of("a", "a.", "a".repeat(8), "~"));
        domains.add("a".repeat(254));
        domains.add("a".repeat(255));
        domains.add("m".repeat(239) + "b");
        domains.add("m".repeat(239) + "bcdefghijklmnopq");
        for (int i = 0; i < 3000; i++) {
            domains.add("192.168.%d.%d".formatted(i / 256, i % 256));
        }
        Path block = root.resolve("block");
        GenerationWriter.write(block, PROFILE, 0, domains);
        try (IndexSnapshot snapshot = IndexSnapshot.open(List.of(block), List.of())) {
            assertThat(snapshot.check()).isEmpty();
            int ordinal = 0;
            for (String domain : domains) {
                assertThat(snapshot.ordinalOf(domain)).isEqualTo(ordinal);
                assertThat(snapshot.domain(ordinal++)).isEqualTo(domain);
            }
            for (String other :
                    List.of("", "192.168.", "192.168.999", "a".repeat(256), "b\u00e9", "\u0161")) {
                assertThat(snapshot.ordinalOf(other)).as(other).isEqualTo(-1);
            }
        }
    }

    @Test
    void keepsOrdinalsThroughMergesOfMerges() throws IOException {
        Random random = Seed.random("GenerationTest");
        List<String> shuffled = new ArrayList<>(Domains.distinct(random, 6000));
        Collections.shuffle(shuffled, random);
        List<Path> stack = new ArrayList<>();
        List<String> ordered = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            stack.add(root.resolve("part-" + i));
            TreeSet<String> part = new TreeSet<>(shuffled.subList(i * 1000, i * 1000 + 1000));
            GenerationWriter.write(stack.getLast(), PROFILE, i * 1000, part);
            ordered.addAll(part);
        }
        Path middle = root.resolve("middle");
        GenerationWriter.fold(middle, stack.subList(2, 5));
        Path all = root.resolve("all");
        GenerationWriter.fold(all, List.of(stack.get(0), stack.get(1), middle, stack.get(5)));
        assertThat(all.resolve("ordinals.scratch")).doesNotExist();
        try (IndexSnapshot snapshot = IndexSnapshot.open(List.of(all), List.of())) {
            assertThat(snapshot.check()).isEmpty();
            for (int ordinal = 0; ordinal < ordered.size(); ordinal++) {
                assertThat(snapshot.ordinalOf(ordered.get(ordinal))).isEqualTo(ordinal);
                assertThat(snapshot.domain(ordinal)).isEqualTo(ordered.get(ordinal));
            }
        }
    }

    /** More runs than have a code, of all sizes; merged as a stack is, and all at once. */
    @Test
    void keepsOrdinalsOfManyUnequalRuns() throws IOException {
        Random random = Seed.random("GenerationTest.runs");
        List<String> shuffled = new ArrayList<>(Domains.distinct(random, 30_000));
        Collections.shuffle(shuffled, random);
        List<Path> parts = new ArrayList<>();
        List<String> ordered = new ArrayList<>();
        while (ordered.size() < shuffled.size()) {
            int most = parts.isEmpty() ? 15_000 : 1 << random.nextInt(9);
            int end = Math.min(shuffled.size(), ordered.size() + 1 + random.nextInt(most));
            TreeSet<String> part = new TreeSet<>(shuffled.subList(ordered.size(), end));
            parts.add(root.resolve("run-" + parts.size()));
            GenerationWriter.write(parts.getLast(), PROFILE, ordered.size(), part);
            ordered.addAll(part);
        }
        assertThat(parts).hasSizeGreaterThan(OrdinalCodes.MOST_RUNS);
        List<Path> stack = new ArrayList<>(parts.subList(0, 1));
        for (int from = 1; from < parts.size(); from += 20) {
            stack.add(root.resolve("tier-" + from));
            GenerationWriter.fold(
                    stack.getLast(), parts.subList(from, Math.min(from + 20, parts.size())));
        }
        for (List<Path> merged : List.of(parts, stack)) {
            Path all = root.resolve("all-" + merged.size());
            GenerationWriter.fold(all, merged);
            try (IndexSnapshot snapshot = IndexSnapshot.open(List.of(all), List.of())) {
                assertThat(snapshot.check()).isEmpty();
                for (int ordinal = 0; ordinal < ordered.size(); ordinal++) {
                    assertThat(snapshot.ordinalOf(ordered.get(ordinal))).isEqualTo(ordinal);
                    assertThat(snapshot.domain(ordinal)).isEqualTo(ordered.get(ordinal));
                }
            }
        }
    }

    @Test
    void writesTheSameBytesButForTheId() throws IOException {
        List<String> domains = List.copyOf(Domains.distinct(new Random(1), 500));
        byte[] first = bytesOf("first", domains);
        byte[] second = bytesOf("second", domains);
        int payloadEnd = first.length - Envelope.FOOTER_BYTES;
        assertThat(second).hasSameSizeAs(first);
        assertThat(Arrays.copyOfRange(second, Envelope.HEADER_BYTES, payloadEnd))
                .isEqualTo(Arrays.copyOfRange(first, Envelope.HEADER_BYTES, payloadEnd));
    }

    @Test
    void eachFileHasAChecksumOfItsOwn() throws IOException {
        Set<Integer> checksums = new HashSet<>();
        for (String domain : List.of("a", "b", "c.com")) {
            Path block = root.resolve(domain);
            BlockFile file = GenerationWriter.write(block, PROFILE, 0, List.of(domain)).getFirst();
            CRC32C crc = new CRC32C();
            crc.update(Files.readAllBytes(block.resolve(file.name())));
            assertThat(file.crc32c()).isEqualTo((int) crc.getValue());
            assertThat(checksums.add(file.crc32c())).isTrue();
        }
    }

    @Test
    void refusesWhatIsNotSortedNotADomainOrNotAdjacent() throws IOException {
        assertRefused("must ascend", "b", "a");
        assertRefused("must ascend", "a", "a");
        assertRefused("must ascend", "ab", "a");
        assertRefused("1 to 255 bytes of ASCII", "");
        assertRefused("1 to 255 bytes of ASCII", "x".repeat(256));
        assertRefused("1 to 255 bytes of ASCII", "b\u00fccher.de");
        GenerationWriter.write(root.resolve("a"), PROFILE, 0, List.of("a"));
        GenerationWriter.write(root.resolve("c"), PROFILE, 2, List.of("c"));
        GenerationWriter.write(root.resolve("again"), PROFILE, 1, List.of("a"));
        assertThatThrownBy(() ->
                        GenerationWriter.fold(
                                root.resolve("m"), List.of(root.resolve("a"), root.resolve("c"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("begins at ordinal 2");
        assertThatThrownBy(() ->
                        GenerationWriter.fold(
                                root.resolve("m"),
                                List.of(root.resolve("a"), root.resolve("again"))))
                .isInstanceOf(CorruptIndexFileException.class)
                .hasMessageContaining("in two generations");
        assertThat(root.resolve("m")).isEmptyDirectory();
        assertThatThrownBy(() -> IndexSnapshot.open(List.of(root.resolve("c")), List.of()))
                .isInstanceOf(CorruptIndexFileException.class)
                .hasMessageContaining("expected to begin at ordinal 0");
    }

    @Test
    void pagesThroughDomainsOfAPrefix() throws IOException {
        Path old = root.resolve("old");
        Path fresh = root.resolve("fresh");
        GenerationWriter.write(
                old, PROFILE, 0, List.of("a.com", "news.com", "news.org", "newt.de", "\u007f"));
        GenerationWriter.write(fresh, PROFILE, 5, List.of("news", "news.net", "nez.org"));
        try (IndexSnapshot snapshot = IndexSnapshot.open(List.of(old, fresh), List.of())) {
            assertThat(snapshot.prefix("news", "", 3))
                    .containsExactly(
                            new IndexedDomain("news", 5),
                            new IndexedDomain("news.com", 1),
                            new IndexedDomain("news.net", 6));
            assertThat(snapshot.prefix("news", "news.net", 3))
                    .containsExactly(new IndexedDomain("news.org", 2));
            assertThat(snapshot.prefix("news", "news.org", 3)).isEmpty();
            assertThat(snapshot.prefix("news", "a", 1))
                    .containsExactly(new IndexedDomain("news", 5));
            assertThat(snapshot.prefix("\u007f", "", 9))
                    .containsExactly(new IndexedDomain("\u007f", 4));
            assertThat(snapshot.prefix("n\u00e9", "", 9)).isEmpty();
            assertThat(snapshot.prefix("", "nez.org", 9)).hasSize(1);
            for (int limit : new int[] {0, 10_001}) {
                assertThatThrownBy(() -> snapshot.prefix("", "", limit))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("1 to 10,000");
            }
        }
    }

    @Test
    void checkFindsADomainThatStandsTwice() throws IOException {
        GenerationWriter.write(root.resolve("a"), PROFILE, 0, List.of("a"));
        GenerationWriter.write(root.resolve("again"), PROFILE, 1, List.of("a"));
        try (IndexSnapshot snapshot =
                IndexSnapshot.open(List.of(root.resolve("a"), root.resolve("again")), List.of())) {
            assertThat(snapshot.check())
                    .singleElement()
                    .asString()
                    .contains("a has an ordinal in an older generation");
        }
    }

    private byte[] bytesOf(String block, List<String> domains) throws IOException {
        GenerationWriter.write(root.resolve(block), PROFILE, 0, domains);
        return Files.readAllBytes(root.resolve(block).resolve("domains.dict"));
    }

    private void assertRefused(String message, String... domains) {
        Path block = root.resolve("refused");
        assertThatThrownBy(() -> GenerationWriter.write(block, PROFILE, 0, List.of(domains)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
        assertThat(block).isEmptyDirectory();
    }
}
