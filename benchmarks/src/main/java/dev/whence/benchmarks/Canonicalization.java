package dev.whence.benchmarks;

import crawlercommons.filters.basic.BasicURLNormalizer;
import dev.whence.url.PublicSuffixes;
import dev.whence.url.UrlCanonicalizer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One core, real URLs: bytes in, canonical URL, domain and both fingerprints out; beside
 * normalizers and parsers that do less.
 */
final class Canonicalization {
    private Canonicalization() {}

    static void run() throws Exception {
        List<byte[]> urls = RealUrls.demoBytes();
        String[] strings =
                urls.stream()
                        .map(url -> new String(url, StandardCharsets.UTF_8))
                        .toArray(String[]::new);
        var canonicalizer = new UrlCanonicalizer(PublicSuffixes.bundled());
        var normalizer = new BasicURLNormalizer();
        new Contest("Canonical URLs of the demo lists", urls.size(), "URLs")
                .add(
                        "whence: canonical, domain, both fingerprints",
                        () -> {
                            long sum = 0;
                            for (byte[] url : urls) {
                                if (canonicalizer.canonicalize(url, 0, url.length) == null) {
                                    var parsed = canonicalizer.parsed();
                                    sum += parsed.urlId() ^ parsed.domainId();
                                }
                            }
                            return sum;
                        })
                .add(
                        "java.net.URI: parse only",
                        () -> {
                            long sum = 0;
                            for (String url : strings) {
                                sum += parse(url);
                            }
                            return sum;
                        })
                .add(
                        "crawler-commons: normalize only",
                        () -> {
                            long sum = 0;
                            for (String url : strings) {
                                String normal = normalizer.filter(url);
                                sum += normal == null ? 0 : normal.length();
                            }
                            return sum;
                        })
                .run(5, 15);
    }

    /** Some real URLs are none to java.net.URI; refusing them is its work, too. */
    private static int parse(String url) {
        try {
            URI uri = URI.create(url);
            return uri.getHost() == null ? 0 : uri.getHost().length();
        } catch (IllegalArgumentException _) {
            return 0;
        }
    }
}
