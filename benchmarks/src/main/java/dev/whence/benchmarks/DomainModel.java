package dev.whence.benchmarks;

import dev.whence.url.InvalidUrlException;
import dev.whence.url.PublicSuffixes;
import dev.whence.url.UrlCanonicalizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes up domains like those that it has seen: a label's next letter follows the three before as
 * often as it did there, and public suffixes are as frequent as there.
 */
final class DomainModel {
    private static final int LETTERS_BEFORE = 3;

    /** ASCII. */
    private static final int LETTER_BITS = 7;

    private static final int LETTER_MASK = (1 << LETTER_BITS) - 1;
    private static final int CONTEXTS = 1 << (LETTERS_BEFORE * LETTER_BITS);

    private static final int LONGEST_LABEL = 63;
    private static final char END = '.';

    /** For where no real lists are. */
    private static final String[] WORDS = {
        "news",
        "shop",
        "blog",
        "data",
        "archive",
        "travel",
        "hotel",
        "garden",
        "music",
        "school",
        "house",
        "design",
        "studio",
        "media",
        "photo",
        "market",
        "health",
        "sport",
        "energy",
        "water",
        "forum",
        "digital",
        "consult",
        "kitchen",
        "wedding",
        "network",
        "church",
        "club",
        "auto",
        "immobilien",
        "service",
        "online",
        "center",
        "art",
        "law",
        "game",
        "fashion"
    };

    private static final String[] SUFFIXES = {
        "com",
        "com",
        "com",
        "com",
        "com",
        "com",
        "com",
        "org",
        "org",
        "net",
        "de",
        "de",
        "co.uk",
        "ru",
        "fr",
        "nl",
        "it",
        "com.br",
        "com.au",
        "jp",
        "pl",
        "info",
        "eu",
        "ch",
        "blogspot.com"
    };

    private static final class Letters {
        private byte[] seen = new byte[4];
        private int count;

        void add(char letter) {
            if (count == seen.length) {
                seen = Arrays.copyOf(seen, count * 2);
            }
            seen[count++] = (byte) letter;
        }

        char pick(RandomGenerator random) {
            return (char) seen[random.nextInt(count)];
        }
    }

    private final @Nullable Letters[] following = new Letters[CONTEXTS];
    private final List<String> suffixes = new ArrayList<>();

    static DomainModel ofWords() {
        var model = new DomainModel();
        for (int i = 0; i < WORDS.length * WORDS.length; i++) {
            String label = WORDS[i / WORDS.length] + WORDS[i % WORDS.length];
            model.learn(label + (i % 7 == 0 ? i : "") + "." + SUFFIXES[i % SUFFIXES.length]);
        }
        return model;
    }

    /** Real domains' letters and suffixes, where the real lists are. */
    static DomainModel ofRealDomains() throws IOException {
        DomainModel model = ofWords();
        try {
            var canonicalizer = new UrlCanonicalizer(PublicSuffixes.bundled());
            var real = new TreeSet<String>();
            RealUrls.demo((_, url) -> {
                try {
                    real.add(canonicalizer.canonicalize(url).domain());
                } catch (InvalidUrlException _) {
                    // The lists are as found: what is no URL has no domain.
                }
            });
            model = new DomainModel();
            real.forEach(model::learn);
        } catch (IllegalStateException e) {
            System.out.println("domains of made-up words: " + e.getMessage());
        }
        return model;
    }

    /** Takes a registrable domain, and passes over addresses. */
    void learn(String domain) {
        int dot = domain.indexOf('.');
        if (dot < 1 || Character.isDigit(domain.charAt(domain.length() - 1))) {
            return;
        }
        suffixes.add(domain.substring(dot));
        int before = 0;
        for (int i = 0; i <= dot; i++) {
            char letter = domain.charAt(i);
            Letters seen = following[before];
            if (seen == null) {
                seen = new Letters();
                following[before] = seen;
            }
            seen.add(letter);
            before = then(before, letter);
        }
    }

    String next(RandomGenerator random) {
        var domain = new StringBuilder();
        int before = 0;
        while (domain.length() < LONGEST_LABEL) {
            Letters seen = following[before];
            char letter = seen == null ? END : seen.pick(random);
            if (letter == END) {
                break;
            }
            domain.append(letter);
            before = then(before, letter);
        }
        return domain.append(suffixes.get(random.nextInt(suffixes.size()))).toString();
    }

    private static int then(int before, char letter) {
        return ((before << LETTER_BITS) | (letter & LETTER_MASK)) % CONTEXTS;
    }
}
