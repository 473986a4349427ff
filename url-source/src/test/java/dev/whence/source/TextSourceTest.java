package dev.whence.source;

import static dev.whence.source.Sources.read;
import static dev.whence.source.Sources.urls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.url.UrlCanonicalizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class TextSourceTest {

    @Test
    void takesEveryLineEndAndPassesOverBlankLines() throws IOException {
        assertThat(urls(SourceFormat.TEXT, "http://a/\r\n\n  \t\r\nhttp://b/\nhttp://c/"))
                .containsExactly("http://a/", "http://b/", "http://c/");
        assertThat(urls(SourceFormat.TEXT, "")).isEmpty();
        assertThat(urls(SourceFormat.TEXT, "\n\n")).isEmpty();
    }

    @Test
    void dropsAByteOrderMark() throws IOException {
        assertThat(urls(SourceFormat.TEXT, "\ufeffhttp://a/\n")).containsExactly("http://a/");
    }

    @Test
    void handsOverBytesThatAreNotUtf8AsTheyStand() throws IOException {
        byte[] latin1 = "http://a/\u00fc\n".getBytes(StandardCharsets.ISO_8859_1);
        try (UrlSource source =
                UrlSources.open(
                        "sample",
                        new java.io.ByteArrayInputStream(latin1),
                        SourceFormat.TEXT,
                        "url")) {
            assertThat(source.next()).isTrue();
            assertThat(source.found().bytes()[source.found().to() - 1]).isEqualTo((byte) 0xfc);
            assertThat(source.found().to() - source.found().from()).isEqualTo(10);
            assertThat(source.next()).isFalse();
        }
    }

    @Test
    void countsALineOfAnyLengthAsOneUrlThatIsTooLong() throws IOException {
        for (int length :
                new int[] {
                    UrlCanonicalizer.MAX_INPUT_BYTES,
                    UrlCanonicalizer.MAX_INPUT_BYTES + 1,
                    1 << 17,
                    1 << 20,
                    (1 << 20) + 1,
                    3_000_000
                }) {
            String content = "http://first/\n" + "x".repeat(length) + "\r\nhttp://last/";
            List<String> found = urls(SourceFormat.TEXT, content);
            assertThat(found).as("a line of " + length + " bytes").hasSize(3);
            assertThat(found.get(0)).isEqualTo("http://first/");
            assertThat(found.get(1).length())
                    .isEqualTo(Math.min(length, UrlCanonicalizer.MAX_INPUT_BYTES + 1));
            assertThat(found.get(2)).isEqualTo("http://last/");
        }
    }

    @Test
    void readsALineOfManyGigabytesInBoundedMemory() throws IOException {
        var endless =
                new InputStream() {
                    private long left = 6L << 30;

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
                        java.util.Arrays.fill(target, from, from + read, (byte) 'x');
                        left -= read;
                        return read;
                    }
                };
        try (UrlSource source = UrlSources.open("endless", endless, SourceFormat.TEXT, "url")) {
            assertThat(source.next()).isTrue();
            assertThat(source.found().to() - source.found().from())
                    .isEqualTo(UrlCanonicalizer.MAX_INPUT_BYTES + 1);
            assertThat(source.found().bytes().length).isLessThan(4 << 20);
            assertThat(source.next()).isFalse();
        }
    }

    @Test
    void namesFilesOfAnotherKind() {
        assertMalformed("PAR1....".getBytes(StandardCharsets.ISO_8859_1), "Parquet");
        assertMalformed("h\0t\0".getBytes(StandardCharsets.UTF_16), "UTF-16");
        assertMalformed("BZh91AY&".getBytes(StandardCharsets.ISO_8859_1), "bzip2");
    }

    @Test
    void giveBackWhatWasWritten() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            var expected = new ArrayList<String>();
            var content = new StringBuilder(random.nextBoolean() ? "\ufeff" : "");
            for (int line = random.nextInt(40); line > 0; line--) {
                String url = "http://h/" + "é/x".repeat(random.nextInt(1 << random.nextInt(12)));
                expected.add(url);
                content.append(url).append(random.nextBoolean() ? "\n" : "\r\n");
                content.append("\n".repeat(random.nextInt(2)));
            }
            if (random.nextBoolean() && !expected.isEmpty()) {
                content.append("http://last/");
                expected.add("http://last/");
            }
            assertThat(urls(SourceFormat.TEXT, content.toString()))
                    .as("seed " + seed + ", round " + round)
                    .isEqualTo(expected);
        }
    }

    @Test
    void readsTheDemoLists() throws IOException {
        try (Stream<Path> files = Files.list(Sources.shared("data/demo"))) {
            List<Path> lists =
                    files.filter(file -> file.toString().endsWith(".txt.gz")).sorted().toList();
            assertThat(lists).isNotEmpty();
            for (Path list : lists) {
                List<String> expected;
                try (var in = new GZIPInputStream(Files.newInputStream(list))) {
                    expected =
                            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                                    .lines()
                                    .filter(line -> !line.isBlank())
                                    .toList();
                }
                assertThat(
                                Sources.readAll(
                                                UrlSources.open(
                                                        list,
                                                        SourceFormat.ofFileName(list.toString()),
                                                        "url"))
                                        .stream()
                                        .map(Sources.Found::url)
                                        .toList())
                        .as(list.toString())
                        .isEqualTo(expected);
            }
        }
    }

    private static void assertMalformed(byte[] content, String kind) {
        assertThatThrownBy(() -> read(SourceFormat.TEXT, content))
                .isInstanceOf(MalformedSourceException.class)
                .hasMessageContaining("sample: byte 0")
                .hasMessageContaining(kind);
    }
}
