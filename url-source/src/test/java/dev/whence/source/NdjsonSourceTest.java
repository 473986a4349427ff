package dev.whence.source;

import static dev.whence.source.Sources.read;
import static dev.whence.source.Sources.urls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.source.Sources.Found;
import dev.whence.url.UrlCanonicalizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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

    private static void assertMalformed(String content, String problem) {
        assertThatThrownBy(() -> read(SourceFormat.NDJSON, content))
                .isInstanceOf(MalformedSourceException.class)
                .hasMessageContaining("sample: " + problem)
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }
}
