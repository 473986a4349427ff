package dev.whence.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SkippedTest {

    @Test
    void countsRowsWithoutAUrlAndNamesTheFirst() throws IOException {
        assertThat(
                        skipped(
                                SourceFormat.NDJSON,
                                """
                                {"url": "http://a/"}

                                {"url": null, "n": 1}
                                {"n": 1}
                                {"url": "  "}
                                ""
                                "http://b/"
                                """))
                .isEqualTo(new Skipped(4, "line 3"));
        assertThat(skipped(SourceFormat.CSV, "n,url\n1,http://a/\n\n2,\n3,\" \"\n"))
                .isEqualTo(new Skipped(2, "line 4"));
        assertThat(
                        skipped(
                                SourceFormat.CDX,
                                " CDX N b a\na)/ - http://a/\nb)/ - -\n!meta {}\nc)/ - {\"url\": \"\"}\n"))
                .isEqualTo(new Skipped(2, "line 3"));
    }

    @Test
    void countsNoBlankLine() throws IOException {
        assertThat(skipped(SourceFormat.TEXT, "\n  \nhttp://a/\n\t\r\n")).isEqualTo(Skipped.NONE);
        assertThat(skipped(SourceFormat.NDJSON, "\n  \n\"http://a/\"\n")).isEqualTo(Skipped.NONE);
    }

    @Test
    void sumsUpOverSources() {
        assertThat(
                        Skipped.NONE
                                .and("a", Skipped.NONE)
                                .and("b", new Skipped(2, "line 3"))
                                .and("c", new Skipped(5, "line 1"))
                                .and("d", Skipped.NONE))
                .isEqualTo(new Skipped(7, "b: line 3"));
    }

    private static Skipped skipped(SourceFormat format, String content) throws IOException {
        try (UrlSource source =
                UrlSources.open(
                        "sample",
                        new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)),
                        format,
                        UrlSources.DEFAULT_URL_COLUMN)) {
            while (source.next()) {
                assertThat(source.found().to()).isGreaterThan(source.found().from());
            }
            return source.skipped();
        }
    }
}
