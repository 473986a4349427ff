package dev.whence.source;

import static dev.whence.source.Sources.gzip;
import static dev.whence.source.Sources.join;
import static dev.whence.source.Sources.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompressedSourceTest {
    private static final byte[] ONE = lines(0, 5_000);
    private static final byte[] TWO = lines(5_000, 9_000);
    private static final byte[] BOTH = join(ONE, TWO);

    @Test
    void readsGzipOfSeveralMembers() throws IOException {
        assertThat(urls(gzip(BOTH))).hasSize(9_000);
        assertThat(urls(join(gzip(ONE), gzip(TWO)))).isEqualTo(urls(BOTH));
        assertThat(urls(join(gzip(ONE), gzip(new byte[0]), gzip(TWO), new byte[1000])))
                .isEqualTo(urls(BOTH));
        assertThat(urls(gzip(new byte[0]))).isEmpty();
    }

    @Test
    void readsEveryFieldOfAGzipHeader() throws IOException {
        byte[] plain = gzip(ONE);
        byte[] flagged =
                join(
                        new byte[] {0x1f, (byte) 0x8b, 8, 0b11110, 0, 0, 0, 0, 0, 3},
                        new byte[] {3, 0, 'e', 'x', 't'},
                        "name\0comment\0".getBytes(StandardCharsets.ISO_8859_1),
                        new byte[] {0, 0},
                        Arrays.copyOfRange(plain, 10, plain.length));
        assertThat(urls(flagged)).isEqualTo(urls(ONE));
    }

    @Test
    void readsZstdOfSeveralFrames() throws IOException {
        byte[] skippable = {0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3};
        assertThat(urls(Zstd.compress(BOTH))).isEqualTo(urls(BOTH));
        assertThat(urls(join(Zstd.compress(ONE), skippable, Zstd.compress(TWO))))
                .isEqualTo(urls(BOTH));
        assertThat(urls(join(skippable, Zstd.compress(ONE)))).isEqualTo(urls(ONE));
    }

    @Test
    void readsZstdWithAWindowAsLongAsItMayBe() throws IOException {
        assertThat(urls(zstdWithWindow(SourceLimits.USUAL_ZSTD_WINDOW_LOG))).isEqualTo(urls(BOTH));
        byte[] packed = zstdWithWindow(28);
        assertThatThrownBy(() -> urls(packed))
                .isInstanceOf(MalformedSourceException.class)
                .hasMessageContaining("sample: ")
                .hasMessageContaining("more than the 134217728 bytes")
                .hasMessageContaining("--long=27");
        SourceLimits longer =
                SourceLimits.DEFAULT.withZstdWindowLog(SourceLimits.MOST_ZSTD_WINDOW_LOG);
        assertThat(
                        Sources.readAll(
                                UrlSources.open(
                                        "sample",
                                        new ByteArrayInputStream(packed),
                                        SourceFormat.TEXT,
                                        "url",
                                        longer)))
                .hasSize(9_000);
    }

    @Test
    void noticesEveryCut() {
        for (byte[] packed : List.of(gzip2(), join(Zstd.compress(ONE), Zstd.compress(TWO)))) {
            int boundary = packed[0] == 0x1f ? gzipOf(ONE).length : Zstd.compress(ONE).length;
            for (int length = 4; length < packed.length; length += 97) {
                if (length != boundary) {
                    byte[] cut = Arrays.copyOf(packed, length);
                    assertThatThrownBy(() -> urls(cut))
                            .as("cut at byte " + length + " of " + packed.length)
                            .isInstanceOf(MalformedSourceException.class)
                            .hasMessageContaining("sample: ")
                            .hasMessageContaining("byte ")
                            .hasMessageContaining("cut off");
                }
            }
        }
    }

    @Test
    void noticesDamage() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        byte[] packed = gzip2();
        List<String> whole = quietly(BOTH);
        for (int round = 0; round < 200; round++) {
            byte[] damaged = packed.clone();
            int at = 10 + random.nextInt(packed.length - 10);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            try {
                // Some bits of a header mean nothing; no other damage may pass.
                assertThat(urls(damaged)).as("seed %d, bit of byte %d", seed, at).isEqualTo(whole);
            } catch (IOException e) {
                assertThat(e).isInstanceOf(MalformedSourceException.class);
                assertThat(e.getMessage()).doesNotContain("example");
            }
        }
    }

    @Test
    void refusesWhatFollowsTheLastMember() {
        assertThatThrownBy(() -> urls(join(gzip(ONE), "garbage".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(MalformedSourceException.class)
                .hasMessageContaining("expected a gzip member");
        assertThatThrownBy(() -> urls(gzip(gzip(ONE))))
                .isInstanceOf(MalformedSourceException.class)
                .hasMessageContaining("packed twice");
    }

    private static List<String> urls(byte[] content) throws IOException {
        return read(SourceFormat.TEXT, content).stream().map(Sources.Found::url).toList();
    }

    private static List<String> quietly(byte[] content) {
        try {
            return urls(content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] zstdWithWindow(int log) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var zstd = new ZstdOutputStream(packed)) {
            zstd.setLong(SourceLimits.USUAL_ZSTD_WINDOW_LOG);
            zstd.write(BOTH);
        }
        byte[] frame = packed.toByteArray();
        // The library makes none longer than 27: the window is what its descriptor says.
        assertThat(frame[5]).isEqualTo((byte) (27 - 10 << 3));
        frame[5] = (byte) (log - 10 << 3);
        return frame;
    }

    private static byte[] gzip2() {
        return join(gzipOf(ONE), gzipOf(TWO));
    }

    private static byte[] gzipOf(byte[] plain) {
        try {
            return gzip(plain);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] lines(int from, int to) {
        var lines = new StringBuilder();
        var random = new Random(from);
        for (int at = from; at < to; at++) {
            lines.append("https://example.org/")
                    .append(Long.toHexString(random.nextLong()))
                    .append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }
}
