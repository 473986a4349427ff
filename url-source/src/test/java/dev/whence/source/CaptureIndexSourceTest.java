package dev.whence.source;

import static dev.whence.source.Sources.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.source.Sources.Found;
import dev.whence.url.UrlCanonicalizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CaptureIndexSourceTest {
    private static final long JUNE_14 = 1_718_323_200_000_000L;

    @Test
    void readsTheColumnsThatTheHeaderNames() throws IOException {
        assertThat(read(SourceFormat.CDX, " CDX a b N\nhttp://a/ 20240614000000 a)/\n"))
                .containsExactly(new Found("http://a/", JUNE_14, Map.of()));
        assertThat(
                        read(
                                SourceFormat.CDX,
                                "|CDX|N|a\na)/|http://a/|x\n CDX N b a\na)/ 20240614000000 http://b/ x\n"))
                .containsExactly(
                        new Found("http://a/", UrlSource.NO_TS, Map.of()),
                        new Found("http://b/", JUNE_14, Map.of()));
    }

    @Test
    void takesTheUsualColumnsWithoutAHeader() throws IOException {
        assertThat(read(SourceFormat.CDX, "a)/ 20240614000000 http://a/ text/html\nb)/ - -\n"))
                .containsExactly(new Found("http://a/", JUNE_14, Map.of()));
    }

    @Test
    void readsCdxjUnderEitherName() throws IOException {
        for (SourceFormat format : List.of(SourceFormat.CDX, SourceFormat.CDXJ)) {
            assertThat(
                            read(
                                    format,
                                    "!meta {\"a\": 1}\na)/ 20240614000000 {\"mime\": \"x\", \"url\": \"http://a/\"}\n"))
                    .containsExactly(new Found("http://a/", JUNE_14, Map.of()));
        }
    }

    @Test
    void readsLinesOfAnyLength() throws IOException {
        String text = "x".repeat(3_000_000);
        List<Found> found =
                read(
                        SourceFormat.CDX,
                        """
                        !meta {"a": "%1$s"}
                        a)/ 20240614000000 {"text": "%1$s", "url": "http://a/"}
                        b)/ 20240614000000 http://b/ %1$s
                        c)/ 20240614000000 http://c/%1$s
                        %1$s 20240614000000 http://d/
                        e)/ 20240614000000 http://e/
                        """
                                .formatted(text));
        assertThat(found).hasSize(5);
        assertThat(found.get(0)).isEqualTo(new Found("http://a/", JUNE_14, Map.of()));
        assertThat(found.get(1)).isEqualTo(new Found("http://b/", JUNE_14, Map.of()));
        for (Found tooLong : found.subList(2, 4)) {
            assertThat(tooLong.url()).hasSize(UrlCanonicalizer.MAX_INPUT_BYTES + 1);
        }
        assertThat(found.get(4)).isEqualTo(new Found("http://e/", JUNE_14, Map.of()));
    }

    @Test
    void keepsAUrlWhoseTimeIsNone() throws IOException {
        assertThat(read(SourceFormat.CDX, "a)/ 20241399999999 http://a/\n"))
                .containsExactly(new Found("http://a/", UrlSource.NO_TS, Map.of()));
    }

    @Test
    void namesTheLineOfWhatIsNoIndex() {
        assertMalformed(
                "a)/ 20240614000000 http://a/\nsecret\n", "line 2: expected a URL in column 3");
        assertMalformed(" CDX N b m\nsecret 1 2\n", "line 1: the CDX header names no column 'a'");
        assertMalformed("a)/ 20240614000000 {secret\n", "line 1: not JSON");
        assertMalformed(
                "a)/ 20240614000000 {\"uri\": \"secret\"}\n", "line 1: no object up to here has");
    }

    @Test
    void readsTheSamplesOfArchives() throws IOException {
        assertThat(sample("conformance/cdx/cdx/iana.cdx")).hasSize(171);
        assertThat(sample("conformance/cdx/cdxj/iana.cdxj"))
                .as("CDX and CDXJ of the same archive")
                .hasSizeGreaterThan(150)
                .allMatch(found -> found.url().contains("iana.org") && found.tsMicros() > 0);
        assertThat(sample("conformance/cdx/non-surt-cdx/example-non-surt.cdx"))
                .extracting(Found::url)
                .startsWith("http://example.com?example=1");
        assertThat(sample("conformance/cdx/cdxj/example.cdx.gz"))
                .extracting(Found::url)
                .containsExactly("http://www.example.com/");
        assertThat(read(SourceFormat.CDX, Files.readAllBytes(shared("ia-wayback/test-cdx.txt"))))
                .hasSizeGreaterThan(2_000)
                .allMatch(found -> found.url().contains(":") && found.tsMicros() > 0);
        assertThat(sample("conformance/cdx/zipcdx/zipnum-sample.cdx.gz"))
                .as("gzip members of a ZipNum index")
                .hasSizeGreaterThan(100);
    }

    private static List<Found> sample(String path) throws IOException {
        Path file = Sources.shared(path);
        return Sources.readAll(
                UrlSources.open(file, SourceFormat.ofFileName(file.toString()), "url"));
    }

    private static Path shared(String path) {
        return Sources.shared("conformance/cdx/" + path);
    }

    private static void assertMalformed(String content, String problem) {
        assertThatThrownBy(() -> read(SourceFormat.CDX, content))
                .isInstanceOf(MalformedSourceException.class)
                .hasMessageContaining("sample: " + problem)
                .hasMessageNotContaining("secret");
    }
}
