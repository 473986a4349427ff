package dev.whence.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dictionaries that version 1 of the format wrote stay readable, and merge into later ones. */
class VersionOneTest {

    @TempDir Path root;

    @Test
    void readsDictionariesOfVersionOne() throws Exception {
        try (IndexSnapshot snapshot = IndexSnapshot.open(stack(), List.of())) {
            assertSame(snapshot);
        }
    }

    @Test
    void mergesThemIntoThePresentVersion() throws Exception {
        Path merged = root.resolve("merged");
        GenerationWriter.fold(merged, stack(), IndexFixture.EVERY_FILE);
        try (IndexSnapshot snapshot = IndexSnapshot.open(List.of(merged), List.of())) {
            assertSame(snapshot);
        }
    }

    private List<Path> stack() throws IOException {
        return List.of(
                Golden.write(root, "version-1/merged", "domains.dict", "ordinals"),
                Golden.write(root, "version-1/plain", "domains.dict"));
    }

    private static void assertSame(IndexSnapshot snapshot) throws IOException {
        assertThat(snapshot.check()).isEmpty();
        List<String> domains = domains();
        assertThat(snapshot.domains()).isEqualTo(domains.size());
        for (int ordinal = 0; ordinal < domains.size(); ordinal++) {
            assertThat(snapshot.domain(ordinal)).isEqualTo(domains.get(ordinal));
            assertThat(snapshot.ordinalOf(domains.get(ordinal))).isEqualTo(ordinal);
        }
        assertThat(snapshot.ordinalOf("domain-1.example.com")).isEqualTo(-1);
        assertThat(snapshot.prefix("", "", 1000))
                .extracting(IndexedDomain::domain)
                .containsExactlyElementsOf(new TreeSet<>(domains));
    }

    /** In the order of the ordinals: two merged generations, and a third. */
    private static List<String> domains() {
        TreeSet<String> even = new TreeSet<>(List.of("a", "x".repeat(255)));
        TreeSet<String> odd = new TreeSet<>(List.of("x".repeat(40), "zz.org"));
        for (int i = 0; i < 120; i++) {
            (i % 2 == 0 ? even : odd).add("domain-" + i + ".example" + i % 7 + ".com");
        }
        List<String> domains = new ArrayList<>(even);
        domains.addAll(odd);
        domains.addAll(List.of("b.com", "m.net"));
        return domains;
    }
}
