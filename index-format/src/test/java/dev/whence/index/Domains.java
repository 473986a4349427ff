package dev.whence.index;

import java.util.Random;
import java.util.TreeSet;

/** Made-up domains that share beginnings as real ones do. */
final class Domains {
    private static final String[] WORDS = {
        "news", "shop", "blog", "data", "archive", "web", "example", "city", "a", "z9", "xn--", "my"
    };
    private static final String[] SUFFIXES = {".com", ".org", ".co.uk", ".de", ".github.io", ""};

    private Domains() {}

    static String random(Random random) {
        StringBuilder domain = new StringBuilder();
        int words = 1 + random.nextInt(4);
        for (int i = 0; i < words; i++) {
            domain.append(WORDS[random.nextInt(WORDS.length)]);
        }
        if (random.nextInt(3) == 0) {
            domain.append(random.nextInt(1000));
        }
        if (random.nextInt(50) == 0) {
            domain.append("-long".repeat(random.nextInt(40)));
        }
        return domain.append(SUFFIXES[random.nextInt(SUFFIXES.length)]).toString();
    }

    static TreeSet<String> distinct(Random random, int count) {
        TreeSet<String> domains = new TreeSet<>();
        while (domains.size() < count) {
            domains.add(random(random) + (random.nextBoolean() ? "" : random.nextInt(count)));
        }
        return domains;
    }
}
