package dev.whence.lake;

import dev.whence.url.CanonicalUrl;
import dev.whence.url.Scheme;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Rows with what is awkward: long runs, single rows, ports, shared prefixes, absent values. */
final class RandomRows {
    private RandomRows() {}

    /** The seed of this run: {@code -Dseed=}, or a fresh one, printed. */
    static long seed() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("-Dseed=" + seed);
        return seed;
    }

    static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    static List<UrlRow> unsorted(RandomGenerator random, int rows) {
        List<UrlRow> all = new ArrayList<>(rows);
        while (all.size() < rows) {
            String domain = domain(random);
            int run = Math.min(rows - all.size(), 1 << random.nextInt(13));
            for (int i = 0; i < run; i++) {
                all.add(row(random, domain));
            }
        }
        for (int i = all.size() - 1; i > 0; i--) {
            UrlRow row = all.get(i);
            int other = random.nextInt(i + 1);
            all.set(i, all.get(other));
            all.set(other, row);
        }
        return all;
    }

    static List<UrlRow> sorted(RandomGenerator random, int rows) {
        List<UrlRow> all = unsorted(random, rows);
        all.sort(UrlRow.ORDER);
        return all;
    }

    private static String domain(RandomGenerator random) {
        return switch (random.nextInt(20)) {
            case 0 -> "10.0.0." + random.nextInt(256);
            case 1 -> "[2001:db8::" + random.nextInt(1, 100) + "]";
            case 2 -> "localhost";
            default ->
                    "d".repeat(random.nextInt(1, 12))
                            + random.nextInt(100_000)
                            + (random.nextBoolean() ? ".example" : ".co.uk");
        };
    }

    private static UrlRow row(RandomGenerator random, String domain) {
        String host = domain.startsWith("d") && random.nextInt(3) > 0 ? "www." + domain : domain;
        if (random.nextInt(10) == 0) {
            host += ":" + random.nextInt(1, 65_536);
        }
        StringBuilder path = new StringBuilder("/");
        for (int depth = random.nextInt(4); depth > 0; depth--) {
            path.append("section").append(random.nextInt(5)).append('/');
        }
        if (random.nextInt(4) > 0) {
            path.append(Integer.toString(random.nextInt(1 << 20), 36));
        }
        if (random.nextInt(200) == 0) {
            path.append("x".repeat(random.nextInt(20_000)));
        }
        long ts = random.nextInt(3) == 0 ? random.nextLong(1L << 50) : UrlRow.NO_TS;
        Scheme scheme = Scheme.values()[random.nextInt(3)];
        return UrlRow.of(
                new CanonicalUrl(scheme, host, path.toString(), domain), ts, extras(random));
    }

    private static Map<String, String> extras(RandomGenerator random) {
        Map<String, String> extras = new LinkedHashMap<>();
        if (random.nextInt(4) == 0) {
            for (int i = random.nextInt(4); i > 0; i--) {
                extras.put("schlüssel" + random.nextInt(10), "w€rt".repeat(random.nextInt(4)));
            }
        }
        return extras;
    }
}
