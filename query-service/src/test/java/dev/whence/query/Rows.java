package dev.whence.query;

import dev.whence.lake.UrlRow;
import dev.whence.url.CanonicalUrl;
import dev.whence.url.Scheme;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Rows to publish. */
public final class Rows {
    private Rows() {}

    public static UrlRow row(String domain, String path) {
        return UrlRow.of(
                new CanonicalUrl(Scheme.HTTPS, "www." + domain, path, domain),
                UrlRow.NO_TS,
                Map.of());
    }

    /** So many rows of a domain, told apart by a word and a number. */
    public static List<UrlRow> rows(String domain, String word, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> row(domain, "/%s/%05d".formatted(word, i)))
                .toList();
    }

    /** Random rows of the domains {@code d0.example, d1.example, …}, some with a time. */
    public static List<UrlRow> random(Random random, int domains, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    // Squared, so that some domains have far more rows than others.
                    double skewed = random.nextDouble() * random.nextDouble();
                    String domain = "d" + (int) (skewed * domains) + ".example";
                    String host = random.nextBoolean() ? domain : "www." + domain;
                    Scheme scheme = random.nextBoolean() ? Scheme.HTTP : Scheme.HTTPS;
                    String path = "/" + Long.toHexString(random.nextLong()) + "?q=" + i;
                    long ts =
                            random.nextBoolean()
                                    ? UrlRow.NO_TS
                                    : 1_700_000_000_000_000L + random.nextInt();
                    return UrlRow.of(new CanonicalUrl(scheme, host, path, domain), ts, Map.of());
                })
                .toList();
    }
}
