package dev.whence.index;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuffixCodeTest {

    @TempDir Path root;

    @Test
    void codesWithTheFewestBytes() {
        SuffixParser parser =
                new SuffixParser(new SuffixCode(symbols("a", "ab", "bcd", "cd", "d")));
        assertThat(parser.parse("abcd".getBytes(US_ASCII), 0, 4)).isEqualTo(2);
        assertThat(parser.parse("xabd".getBytes(US_ASCII), 1, 4)).isEqualTo(2);
        assertThat(parser.parse("z".getBytes(US_ASCII), 0, 1)).isEqualTo(2);
    }

    @Test
    void learnsWhatIsFrequentAndShortensTheDictionary() throws IOException {
        Random random = Seed.random("SuffixCodeTest");
        TreeSet<String> domains = Domains.distinct(random, 20_000);
        domains.add("~!$&'()*+,;=:@%/".repeat(15));
        Path coded = root.resolve("coded");
        GenerationWriter.write(coded, IndexFixture.PROFILE, 0, domains);
        Path plain = Files.createDirectory(root.resolve("plain"));
        try (GenerationOutput out =
                new GenerationOutput(
                        plain, IndexFixture.PROFILE, 0, SuffixCode.plain(), LookupFiles.DEFAULT)) {
            for (String domain : domains) {
                out.add(DomainKey.of(domain));
            }
            out.finish(Optional.empty());
        }
        assertThat(Files.size(coded.resolve("domains.dict")))
                .isLessThan(Files.size(plain.resolve("domains.dict")) * 4 / 5);
        try (IndexSnapshot snapshot = IndexSnapshot.open(List.of(coded), List.of())) {
            assertThat(snapshot.check()).isEmpty();
            int ordinal = 0;
            for (String domain : domains) {
                assertThat(snapshot.domain(ordinal++)).isEqualTo(domain);
            }
        }
    }

    private static List<byte[]> symbols(String... symbols) {
        return Arrays.stream(symbols).map(s -> s.getBytes(US_ASCII)).toList();
    }
}
