package dev.whence.url;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Judges the canonical form by public suites; what differs stands in docs/conformance-url.md. */
class UrlConformanceTest {
    private static final String REJECTED = "(rejected)";

    /** With a scheme of its own and two slashes, an input needs no base and ignores one. */
    private static final Pattern NEEDS_NO_BASE = Pattern.compile("(?i)\\s*(https?|ftp)://.*");

    private final UrlCanonicalizer canonicalizer = new UrlCanonicalizer(PublicSuffixes.bundled());

    @Test
    void readsUrlsAsTheUrlStandardDoes() throws IOException {
        KnownDifferences differences = new KnownDifferences("wpt-url");
        for (JsonNode vector : vectors("wpt-url/urltestdata.json")) {
            judge(differences, vector);
        }
        differences.assertAllAreListed();
    }

    @Test
    void readsFurtherUrlsAsTheUrlStandardDoes() throws IOException {
        KnownDifferences differences = new KnownDifferences("ada-url");
        for (String name : List.of("ada_extra_urltestdata", "ada_long_urltestdata")) {
            for (JsonNode vector : vectors("wpt-url/" + name + ".json")) {
                judge(differences, vector);
            }
        }
        differences.assertAllAreListed();
    }

    private void judge(KnownDifferences differences, JsonNode vector) {
        String input = vector.path("input").asText();
        boolean based = vector.path("base").isTextual();
        if (!based || NEEDS_NO_BASE.matcher(input).matches()) {
            String href = vector.path("href").asText();
            boolean taken = href.matches("(https?|ftp)://.*");
            differences.compare(input, taken ? CanonicalHref.of(href) : REJECTED, answer(input));
        }
    }

    @Test
    void bringsHostsToAsciiAsTheUrlStandardDoes() throws IOException {
        judgeHosts("wpt-toascii", "wpt-url/toascii.json");
    }

    @Test
    void bringsHostsToAsciiAsUnicodeDoes() throws IOException {
        judgeHosts("wpt-idna", "wpt-url/IdnaTestV2.json");
    }

    @Test
    void bringsHostsToAsciiThatUnicodeTookAwayAgain() throws IOException {
        judgeHosts("wpt-idna-removed", "wpt-url/IdnaTestV2-removed.json");
    }

    private void judgeHosts(String suite, String file) throws IOException {
        KnownDifferences differences = new KnownDifferences(suite);
        for (JsonNode vector : vectors(file)) {
            String input = vector.path("input").asText();
            String expected =
                    vector.path("output").isTextual()
                            ? CanonicalHref.of("https://" + vector.path("output").asText() + "/x")
                            : REJECTED;
            differences.compare(input, expected, answer("https://" + input + "/x"));
        }
        differences.assertAllAreListed();
    }

    @Test
    void findsRegistrableDomainsAsThePublicSuffixListDoes() throws IOException {
        KnownDifferences differences = new KnownDifferences("psl");
        for (String line : Files.readAllLines(Shared.file("conformance/psl/tests/tests.txt"))) {
            String[] test = line.split(" ");
            if (!line.startsWith("//") && test.length == 2 && !test[0].equals("null")) {
                String host = ascii(test[0]);
                // Where the list knows no registrable domain, ours is the whole host.
                String expected = test[1].equals("null") ? host : ascii(test[1]);
                differences.compare(test[0], expected, domain(test[0]));
            }
        }
        differences.assertAllAreListed();
    }

    @Test
    void normalizesAsCrawlerCommonsDoes() throws IOException {
        KnownDifferences differences = new KnownDifferences("crawler-commons");
        String folder = "conformance/crawler-commons/normalizer/";
        for (String line : Files.readAllLines(Shared.file(folder + "weirdToNormalizedUrls.csv"))) {
            int comma = line.lastIndexOf(",");
            if (!line.startsWith("#") && comma > 0) {
                String input = line.substring(0, comma).replaceAll("^\"(.*)\"$", "$1");
                differences.compare(
                        input.replace("\"\"", "\""),
                        line.substring(comma + 1).strip(),
                        answer(input.replace("\"\"", "\"")));
            }
        }
        for (String line : Files.readAllLines(Shared.file(folder + "invalidUrls.csv"))) {
            if (!line.startsWith("#") && !line.isBlank()) {
                differences.compare(line, REJECTED, answer(line));
            }
        }
        differences.assertAllAreListed();
    }

    @Test
    void canonicalizesAsW3libDoes() throws IOException {
        KnownDifferences differences = new KnownDifferences("w3lib");
        for (JsonNode vector : vectors("w3lib/w3lib-cases.json")) {
            boolean judged =
                    vector.path("call").asText().equals("canonicalize_url")
                            && vector.path("options").isEmpty();
            if (judged) {
                String input = vector.path("input").asText();
                differences.compare(input, vector.path("expected").asText(), answer(input));
            }
        }
        differences.assertAllAreListed();
    }

    @Test
    void fingerprintsAsXxHashDoes() throws IOException {
        JsonNode vectors =
                new ObjectMapper()
                        .readTree(
                                Shared.file("conformance/xxhash/xxhash-official-vectors.json")
                                        .toFile())
                        .path("XXH3_64");
        int judged = 0;
        for (JsonNode vector : vectors) {
            if (vector.path("seed").asText().matches("0x0+")) {
                byte[] bytes = sanityBuffer(vector.path("len").asInt());
                String expected = vector.path("hash").asText().substring(2);
                assertThat(Fingerprint.hex(Fingerprint.of(bytes, 0, bytes.length)))
                        .as("XXH3-64 of %d bytes", bytes.length)
                        .isEqualTo(expected);
                judged++;
            }
        }
        assertThat(judged).isGreaterThanOrEqualTo(8);
    }

    /** The bytes that the official vectors are made of. */
    private static byte[] sanityBuffer(int length) {
        byte[] buffer = new byte[length];
        long generator = 2654435761L;
        for (int i = 0; i < length; i++) {
            buffer[i] = (byte) (generator >>> 56);
            generator *= Long.parseUnsignedLong("11400714785074694797");
        }
        return buffer;
    }

    private static List<JsonNode> vectors(String file) throws IOException {
        JsonNode all = new ObjectMapper().readTree(Shared.file("conformance/" + file).toFile());
        return all.valueStream().filter(JsonNode::isObject).toList();
    }

    private String answer(String input) {
        try {
            return canonicalizer.canonicalize(input).url();
        } catch (InvalidUrlException e) {
            return REJECTED;
        }
    }

    private String domain(String host) {
        try {
            return canonicalizer.domainOf(host);
        } catch (InvalidUrlException e) {
            return REJECTED;
        }
    }

    private static String ascii(String host) {
        byte[] bytes = host.getBytes(StandardCharsets.UTF_8);
        Host parsed = Host.parse(bytes, 0, bytes.length);
        return parsed == null ? host : parsed.name();
    }
}
