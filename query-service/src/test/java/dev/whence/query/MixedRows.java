package dev.whence.query;

import dev.whence.lake.UrlRow;
import dev.whence.url.CanonicalUrl;
import dev.whence.url.Scheme;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Rows of few words, so that hosts, paths and whole URLs come again, in files and datasets. */
public final class MixedRows {
    private static final String[] DOMAINS = {"a.example", "b.example", "ab.example", "10.0.0.1"};
    private static final String[] HOSTS = {"", "www.", "www.www.", "n.", "www.n.", "a.b."};
    private static final String[] PORTS = {"", "", "", ":8080"};
    private static final String[] PATHS = {"/", "/a", "/a/", "/a-b", "/A", "/a?b=1", "/=cmd,\"x\""};

    private MixedRows() {}

    public static List<UrlRow> random(Random random, int count) {
        return Stream.generate(() -> row(random)).limit(count).toList();
    }

    private static UrlRow row(Random random) {
        String domain = pick(random, DOMAINS);
        boolean isAddress = domain.startsWith("10.");
        String host = (isAddress ? "" : pick(random, HOSTS)) + domain + pick(random, PORTS);
        Scheme scheme = random.nextBoolean() ? Scheme.HTTP : Scheme.HTTPS;
        String path = pick(random, PATHS) + (random.nextInt(3) == 0 ? random.nextInt(50) : "");
        long ts =
                random.nextInt(3) == 0
                        ? UrlRow.NO_TS
                        : (1_600_000_000L + random.nextInt(100_000_000)) * 1_000_000;
        Map<String, String> extras =
                switch (random.nextInt(4)) {
                    case 0 -> Map.of("mime", "text/html");
                    case 1 -> Map.of("note", "=1+1 \"ü\", \n");
                    default -> Map.of();
                };
        return UrlRow.of(new CanonicalUrl(scheme, host, path, domain), ts, extras);
    }

    private static String pick(Random random, String[] some) {
        return some[random.nextInt(some.length)];
    }
}
