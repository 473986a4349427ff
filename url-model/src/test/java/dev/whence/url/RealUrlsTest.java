package dev.whence.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What must hold for every input, on real URLs and on damaged ones: the fast path gives the full
 * path's answer, and the answer is whole, ASCII and its own canonical form.
 */
class RealUrlsTest {
    /** What URLs break on; damage puts these in. */
    private static final String[] PIECES = {
        "/",
        "//",
        "\\",
        ".",
        "..",
        "/./",
        "/../",
        "%2e",
        "%2E%2e",
        "%",
        "%4",
        "%41",
        "%zz",
        "%25",
        "%c3%a9",
        "%2f",
        "?",
        "&",
        "&&",
        "=",
        "#",
        ":",
        "://",
        "http:",
        "HTTPS://",
        "ftp:",
        "@",
        "[",
        "]",
        "[::1]",
        ":80",
        ":0443",
        ":8080",
        "0x7f",
        ".1",
        "xn--",
        "A",
        "z",
        "-",
        "_",
        "~",
        "'",
        "\"",
        "<",
        "^",
        "{",
        "|",
        "`",
        " ",
        "\t",
        "\n",
        "\u0000",
        "\u007f",
        "é",
        "ß",
        "。",
        "／",
        "ｘｎ－－",
        "\u00ad",
        "\u200d",
        "א",
        "😀",
        "localhost",
        "1.2.3.4",
        "co.uk",
        "."
    };

    /** A few URLs of each kind, so that a checkout without data tests something. */
    private static final List<String> SEEDS =
            List.of(
                    "http://example.com/",
                    "https://www.example.co.uk:8443/a/b.html?q=1&b=%20x#top",
                    "http://archive.example/web/2014/http://x.example/y?b=2&a=1",
                    "http://bücher.example/é/%7Euser",
                    "example.org:8080/a//b/../c",
                    "http://user:pw@192.0.2.1/",
                    "ftp://[2001:db8::1]/pub/");

    private final UrlCanonicalizer fast = new UrlCanonicalizer(PublicSuffixes.bundled(), true);
    private final UrlCanonicalizer full = new UrlCanonicalizer(PublicSuffixes.bundled(), false);
    private final UrlCanonicalizer again = new UrlCanonicalizer(PublicSuffixes.bundled(), true);

    @Test
    void holdsForDamagedExamples() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        List<byte[]> urls = SEEDS.stream().map(u -> u.getBytes(StandardCharsets.UTF_8)).toList();
        for (int round = 0; round < 60_000; round++) {
            check(damaged(urls.get(random.nextInt(urls.size())), random), seed);
        }
    }

    @Tag("slow")
    @Test
    void holdsForEveryDemoUrl() throws IOException {
        int[] taken = new int[2];
        Shared.eachDemoUrl(url -> {
            taken[0]++;
            taken[1] += check(url, 0) ? 1 : 0;
        });
        assertThat(taken[1]).as("URLs taken of %d", taken[0]).isGreaterThan(taken[0] / 100 * 99);
    }

    @Test
    @Tag("slow")
    void holdsForDamagedDemoUrls() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        Shared.eachDemoUrl(url -> {
            check(damaged(url, random), seed);
            check(damaged(damaged(url, random), random), seed);
        });
    }

    @Test
    @Tag("slow")
    void holdsForASampleOfTheLargeData() throws IOException {
        List<byte[]> some = new ArrayList<>();
        Shared.eachScaleUrl(
                7,
                url -> {
                    check(url, 0);
                    if (some.size() < 10) {
                        some.add(url);
                    }
                });
        assertThat(some).isNotEmpty();
    }

    /** Whether the URL was taken. */
    private boolean check(byte[] url, long seed) {
        Rejection rejection = fast.canonicalize(url, 0, url.length);
        assertSame(url, seed, rejection, full.canonicalize(url, 0, url.length), full);
        if (rejection != null) {
            return false;
        }
        ParsedUrl parsed = fast.parsed();
        byte[] canonical = Arrays.copyOf(parsed.bytes(), parsed.length());
        for (byte b : canonical) {
            if (b <= ' ' || b == 0x7F) {
                throw new AssertionError("not printable ASCII, " + described(url, seed));
            }
        }
        assertSame(url, seed, null, again.canonicalize(canonical, 0, canonical.length), again);
        assertSame(url, seed, null, full.canonicalize(canonical, 0, canonical.length), full);
        CanonicalUrl strings = parsed.toCanonicalUrl();
        boolean whole =
                strings.url().equals(printed(canonical))
                        && strings.pathQuery().startsWith("/")
                        && nameOf(strings.host()).endsWith(strings.domain())
                        && !strings.domain().isEmpty();
        if (!whole) {
            throw new AssertionError("parts that are not whole, " + described(url, seed));
        }
        return true;
    }

    /** That {@code other} gave the answer that the fast path still holds. */
    private void assertSame(
            byte[] url,
            long seed,
            @Nullable Rejection rejection,
            @Nullable Rejection others,
            UrlCanonicalizer other) {
        ParsedUrl a = fast.parsed();
        ParsedUrl b = other.parsed();
        boolean same =
                rejection == others
                        && (rejection != null
                                || (a.scheme() == b.scheme()
                                        && a.hostStart() == b.hostStart()
                                        && a.hostEnd() == b.hostEnd()
                                        && a.domainStart() == b.domainStart()
                                        && a.domainEnd() == b.domainEnd()
                                        && Arrays.equals(
                                                a.bytes(),
                                                0,
                                                a.length(),
                                                b.bytes(),
                                                0,
                                                b.length())));
        if (!same) {
            throw new AssertionError(
                    "%s and %s, %s and %s: %s"
                            .formatted(
                                    rejection,
                                    others,
                                    printed(Arrays.copyOf(a.bytes(), a.length())),
                                    printed(Arrays.copyOf(b.bytes(), b.length())),
                                    described(url, seed)));
        }
    }

    private static String nameOf(String host) {
        int colon = host.lastIndexOf(':');
        return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
    }

    private static String described(byte[] url, long seed) {
        return "-Dseed=%d, input %s".formatted(seed, printed(url));
    }

    private static String printed(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** A copy with some pieces put in, cut out or doubled, or a byte changed. */
    private static byte[] damaged(byte[] url, Random random) {
        byte[] bytes = url;
        for (int i = random.nextInt(4); i >= 0; i--) {
            int from = random.nextInt(bytes.length + 1);
            int to = Math.min(bytes.length, from + random.nextInt(6));
            byte[] piece =
                    switch (random.nextInt(8)) {
                        case 0 -> new byte[0];
                        case 1 -> new byte[] {(byte) random.nextInt(256)};
                        case 2 -> Arrays.copyOfRange(bytes, from / 2, to);
                        case 3 -> repeated(random);
                        default ->
                                PIECES[random.nextInt(PIECES.length)].getBytes(
                                        StandardCharsets.UTF_8);
                    };
            boolean insert = random.nextBoolean();
            bytes = replaced(bytes, from, insert ? from : to, piece);
        }
        return bytes;
    }

    /** One piece many times: what is bounded, or costs more than its length, shows here. */
    private static byte[] repeated(Random random) {
        String piece = PIECES[random.nextInt(PIECES.length)];
        int times = random.nextInt(200) == 0 ? 6000 : random.nextInt(70);
        return piece.repeat(times).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] piece) {
        byte[] result = new byte[bytes.length - (to - from) + piece.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(piece, 0, result, from, piece.length);
        System.arraycopy(bytes, to, result, from + piece.length, bytes.length - to);
        return result;
    }
}
