package dev.whence.source;

import static dev.whence.source.Sources.read;
import static dev.whence.source.Sources.urls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.source.Sources.Found;
import dev.whence.url.UrlCanonicalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NdjsonSourceTest {

    @Test
    void readsObjectsAndStrings() throws IOException {
        assertThat(
                        read(
                                SourceFormat.NDJSON,
                                """
                                {"url": "http://a/", "other": {"url": [1, 2]}}

                                "http://b/\\u00fc"
                                {"extras": {"lang": "en", "n": 1.5, "none": null}, "ts": "2024-06-14T02:00:00+02:00", "url": "http://c/"}
                                {"url": null}
                                {"url": "  "}
                                {"timestamp": 1718323200, "url": "http://d/"}\
                                """))
                .containsExactly(
                        new Found("http://a/", UrlSource.NO_TS, Map.of()),
                        new Found("http://b/ü", UrlSource.NO_TS, Map.of()),
                        new Found(
                                "http://c/",
                                1_718_323_200_000_000L,
                                Map.of("lang", "en", "n", "1.5")),
                        new Found("http://d/", 1_718_323_200_000_000L, Map.of()));
    }

    @Test
    void handsOverWhatHasNoUtf8() throws IOException {
        byte[] content =
                "{\"url\": \"http://a/\u00fc\"}\n\"http://b/\"\n"
                        .getBytes(StandardCharsets.ISO_8859_1);
        List<Found> found = read(SourceFormat.NDJSON, content);
        assertThat(found).hasSize(2);
        assertThat(found.getFirst().url()).contains("\ufffd");
        assertThat(urls(SourceFormat.NDJSON, "\"http://a/\\ud800\"\n\"http://a/\\ud83d\\ude00\""))
                .containsExactly("\ufffd", "http://a/\ud83d\ude00");
    }

    @Test
    void cutsWhatIsTooLong() throws IOException {
        for (int length : new int[] {20_000, 2_000_000}) {
            List<String> found =
                    urls(
                            SourceFormat.NDJSON,
                            "{\"url\": \"" + "x".repeat(length) + "\"}\n\"http://b/\"");
            assertThat(found).hasSize(2);
            assertThat(found.getFirst()).hasSize(UrlCanonicalizer.MAX_INPUT_BYTES + 1);
        }
    }

    @Test
    void findsTheUrlOfARecordOfAnyLength() throws IOException {
        for (int length : new int[] {1 << 20, (1 << 20) + 1, 3_000_000, 9_000_000}) {
            String text = "ü\\\"\\\\\\u00e9 ".repeat(length / 11);
            for (String record :
                    List.of(
                            "{\"url\":\"http://a/%%\",\"ts\":1718323200,\"extras\":{\"lang\":\"en\"},\"text\":\"%s\"}",
                            "{\"text\":\"%s\",\"extras\":{\"lang\":\"en\"},\"ts\":1718323200,\"url\":\"http://a/%%\"}\r",
                            "{\"a\":[{\"b\":\"%s\"}],\"ts\":1718323200, \"extras\":{\"lang\":\"en\"},\"url\":\"http://a/%%\"} ")) {
                assertThat(
                                read(
                                        SourceFormat.NDJSON,
                                        "\"http://first/\"\n"
                                                + record.formatted(text)
                                                + "\n{\"url\":\"http://last/\"}"))
                        .as("%s of %d bytes", record, length)
                        .containsExactly(
                                new Found("http://first/", UrlSource.NO_TS, Map.of()),
                                new Found(
                                        "http://a/%", 1_718_323_200_000_000L, Map.of("lang", "en")),
                                new Found("http://last/", UrlSource.NO_TS, Map.of()));
            }
        }
    }

    @Test
    void givesBackWhatWasWritten() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        int[] lengths = {10, 1 << 16, 1 << 17, 1 << 20, (1 << 20) + (1 << 16), 1 << 21};
        for (int round = 0; round < 8; round++) {
            var expected = new ArrayList<String>();
            var content = new StringBuilder();
            for (int line = random.nextInt(12); line > 0; line--) {
                String url = "http://h/" + round + "/" + line;
                int length = lengths[random.nextInt(lengths.length)] + random.nextInt(100) - 50;
                String text = "x".repeat(Math.max(0, length));
                content.append("{\"text\":\"" + text + "\",\"url\":\"" + url + "\"}\n");
                expected.add(url);
            }
            assertThat(urls(SourceFormat.NDJSON, content.toString()))
                    .as("seed " + seed + ", round " + round)
                    .isEqualTo(expected);
        }
    }

    @Test
    void readsLongRecordsInBoundedMemory() throws IOException {
        byte[] begin = "{\"text\":\"".getBytes(StandardCharsets.UTF_8);
        byte[] end = "\",\"url\":\"http://a/\"}\n\"http://b/\"".getBytes(StandardCharsets.UTF_8);
        InputStream record =
                new SequenceInputStream(
                        Collections.enumeration(
                                List.of(
                                        new ByteArrayInputStream(begin),
                                        new LetterStream(1L << 28),
                                        new ByteArrayInputStream(end))));
        assertThat(Sources.readAll(UrlSources.open("long", record, SourceFormat.NDJSON, "url")))
                .extracting(Found::url)
                .containsExactly("http://a/", "http://b/");
    }

    @Test
    void keepsABoundedPieceOfAUrlThatIsTooLong() throws IOException {
        for (String unit : List.of("x", "\\u0041", "\\ud83d\\ude00", "ü")) {
            String url = unit.repeat(3_000_000);
            for (String line : List.of("{\"url\":\"" + url + "\",\"n\":1}", "\"" + url + "\"")) {
                try (UrlSource source =
                        UrlSources.open(
                                "sample",
                                new ByteArrayInputStream(
                                        (line + "\n\"http://b/\"")
                                                .getBytes(StandardCharsets.UTF_8)),
                                SourceFormat.NDJSON,
                                "url")) {
                    assertThat(source.next()).isTrue();
                    assertThat(source.found().to() - source.found().from())
                            .as(unit)
                            .isEqualTo(UrlCanonicalizer.MAX_INPUT_BYTES + 1);
                    assertThat(source.found().bytes().length).isLessThan(1 << 20);
                    assertThat(source.next()).isTrue();
                    assertThat(source.found().to() - source.found().from())
                            .isEqualTo("http://b/".length());
                    assertThat(source.next()).isFalse();
                }
            }
        }
    }

    @Test
    void judgesLongRecordsAsShortOnes() throws IOException {
        String text = "x".repeat(3_000_000);
        for (String bad :
                List.of(
                        "{\"text\":\"%s\",\"url\":\"secret",
                        "{\"url\":\"secret\",\"text\":\"%s",
                        "{\"url\":\"secret\",\"%s\":1}",
                        "{\"url\":\"secret\",\"n\":1%s}",
                        "%s")) {
            assertMalformed("\"http://a/\"\n" + bad.formatted(text) + "\n", "line 2: not JSON");
        }
        assertMalformed(
                "{\"url\":\"a\",\"extras\":{\"a\":\"" + text + "\"}}",
                "line 1: extras have more than 131072 characters");
        assertMalformed(
                "{\"text\":\"" + text + "\"}", "line 1: no object up to here has the field 'url'");
        assertMalformed("\"a\"" + " ".repeat(3_000_000) + "1", "line 1: expected one JSON value");
        byte[] latin1 =
                ("{\"url\":\"http://a/\",\"text\":\"" + text + "\u00fc\"}\n\"http://b/\"")
                        .getBytes(StandardCharsets.ISO_8859_1);
        List<Found> found = read(SourceFormat.NDJSON, latin1);
        assertThat(found).hasSize(2);
        assertThat(found.getFirst().url()).hasSize(UrlCanonicalizer.MAX_INPUT_BYTES + 1);
        assertThat(found.getLast().url()).isEqualTo("http://b/");
    }

    @Test
    void namesTheLineOfWhatIsNoJson() {
        assertMalformed("\"http://a/\"\nsecret\n", "line 2: not JSON");
        assertMalformed("{\"url\": \"secret", "line 1: not JSON");
        assertMalformed("{\"url\": \"secret\"", "line 1: not JSON");
        assertMalformed("[\"secret\"]", "line 1: expected a JSON object or string");
        assertMalformed("{\"url\": {\"secret\": 1}}", "line 1: the field 'url' is not a string");
        assertMalformed("\"a\" \"secret\"", "line 1: expected one JSON value, found more");
        assertMalformed(
                "{\"url\": \"a\", \"extras\": {\"a\": [\"secret\"]}}",
                "line 1: extras are strings");
        assertMalformed("{\"x\": ".repeat(5_000), "line 1: not JSON");
        assertMalformed(
                "{\"uri\": \"secret\"}\n{}\n", "line 2: no object up to here has the field 'url'");
    }

    /** So many letters. */
    private static final class LetterStream extends InputStream {
        private long left;

        LetterStream(long left) {
            this.left = left;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'x' : -1;
        }

        @Override
        public int read(byte[] target, int from, int length) {
            if (left <= 0) {
                return -1;
            }
            int read = (int) Math.min(left, length);
            Arrays.fill(target, from, from + read, (byte) 'x');
            left -= read;
            return read;
        }
    }

    private static void assertMalformed(String content, String problem) {
        assertThatThrownBy(() -> read(SourceFormat.NDJSON, content))
                .isInstanceOf(MalformedSourceException.class)
                .hasMessageContaining("sample: " + problem)
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }
}
