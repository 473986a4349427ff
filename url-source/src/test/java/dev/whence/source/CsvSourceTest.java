package dev.whence.source;

import static dev.whence.source.Sources.read;
import static dev.whence.source.Sources.urls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CsvSourceTest {

    @Test
    void findsTheUrlsColumnByItsName() throws IOException {
        assertThat(
                        urls(
                                SourceFormat.CSV,
                                "\ufeffid,url,note\r\n1,http://a/,x\r\n2,\"http://b/?x=1,2\",\r\n3,,none\n\n4,\"http://c/\"\"q\"\"\",\"two\nlines\"\n5,http://d/"))
                .containsExactly("http://a/", "http://b/?x=1,2", "http://c/\"q\"", "http://d/");
    }

    @Test
    void readsTheTime() throws IOException {
        assertThat(
                        read(
                                SourceFormat.CSV,
                                "ts,url\n2024-06-14T00:00:00Z,http://a/\n,http://b/\nnever,http://c/\n"))
                .extracting(Sources.Found::tsMicros)
                .containsExactly(1_718_323_200_000_000L, UrlSource.NO_TS, UrlSource.NO_TS);
    }

    @Test
    void keepsBytesThatAreNotUtf8() throws IOException {
        byte[] content = "url\nhttp://a/\u00fc\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(read(SourceFormat.CSV, content).getFirst().url())
                .isEqualTo("http://a/\ufffd\ufffd");
        assertThat(urls(SourceFormat.CSV, "url\nhttp://a/üé中\n")).containsExactly("http://a/üé中");
    }

    @Test
    void namesAHeaderWithoutTheColumn() {
        for (String content : new String[] {"", "\n\n", "a,b\n1,2\n"}) {
            assertThatThrownBy(() -> read(SourceFormat.CSV, content))
                    .isInstanceOf(MalformedSourceException.class)
                    .hasMessage("sample: line 1: expected a header that names a column 'url'");
        }
    }

    @Test
    void namesTheLineOfWhatIsNoRecord() {
        assertMalformed("a,url\n1,http://a/\nsecret\n", "line 3: expected at least 2 columns");
        assertMalformed("url\nhttp://a/\n\"http://b/\nhttp://c/\n", "not a CSV record");
        assertMalformed("url\n\"" + "secret".repeat(1_000_000), "not a CSV record");
        assertMalformed("url\n\"" + "secret".repeat(10), "not a CSV record");
        assertMalformed("url\n\"a\"secret\n", "not a CSV record");
    }

    @Test
    void giveBackWhatWasWritten() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            var expected = new ArrayList<String>();
            String lineEnd = random.nextBoolean() ? "\n" : "\r\n";
            var content = new StringBuilder("x,url,y" + lineEnd);
            for (int row = random.nextInt(30); row > 0; row--) {
                String url = "http://h/" + value(random);
                expected.add(url);
                content.append(quoted(value(random), random))
                        .append(',')
                        .append(quoted(url, random))
                        .append(',')
                        .append(quoted(value(random), random))
                        .append(lineEnd);
            }
            assertThat(urls(SourceFormat.CSV, content.toString()))
                    .as("seed " + seed + ", round " + round)
                    .isEqualTo(expected);
        }
    }

    private static String value(Random random) {
        var value = new StringBuilder();
        for (int length = random.nextInt(40); length > 0; length--) {
            value.append("abc/?&=,\"\n\rüß'; ".charAt(random.nextInt(16)));
        }
        return value.toString();
    }

    private static String quoted(String value, Random random) {
        return random.nextInt(4) == 0
                        || value.chars().anyMatch(unit -> ",\"\n\r ".indexOf(unit) >= 0)
                ? '"' + value.replace("\"", "\"\"") + '"'
                : value;
    }

    private static void assertMalformed(String content, String problem) {
        assertThatThrownBy(() -> read(SourceFormat.CSV, content))
                .isInstanceOf(MalformedSourceException.class)
                .hasMessageContaining("sample: line ")
                .hasMessageContaining(problem)
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }
}
