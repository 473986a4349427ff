package dev.whence.benchmarks.merge;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Domains with sizes by Zipf's law, and the URLs of each. The same numbers and seed give the same
 * URLs.
 */
final class MergeDomains {
    private static final int ROWS_A_DOMAIN = 50;
    private static final int LARGEST_OF_CLUSTER = 60;
    private static final String CONSONANTS = "bdfghjklmnprstvz";
    private static final String VOWELS = "aeio";
    private static final int SYLLABLES = CONSONANTS.length() * VOWELS.length();

    /** Three syllables make a name. */
    private static final int NAMES = SYLLABLES * SYLLABLES * SYLLABLES;

    /** Odd, so that ranks become names one to one: large and small domains stand mixed. */
    private static final int NAME_STEP = 100_003;

    private static final String[] SUFFIXES = {".com", ".org", ".net", ".de", ".co.uk", ".info"};
    private static final String[] HOSTS = {"", "www.", "www.", "www.", "blog.", "m.", "shop."};
    private static final String[] SECTIONS = {
        "news", "product", "tag", "wiki", "forum", "category", "archive", "author"
    };

    /**
     * A domain.
     *
     * @param rank by size, the largest is 1
     */
    record Domain(String name, int rank, int rows) {}

    private record Url(String host, String pathQuery, String scheme) {}

    private static final Comparator<Url> ORDER =
            Comparator.comparing(Url::host)
                    .thenComparing(Url::pathQuery)
                    .thenComparing(Url::scheme);

    private final List<Domain> domains;
    private final long seed;

    /** So many URLs in all. */
    MergeDomains(int rows, long seed) {
        this.seed = seed;
        this.domains = sizes(rows);
    }

    /** In the order of their names. */
    List<Domain> sorted() {
        return domains.stream().sorted(Comparator.comparing(Domain::name)).toList();
    }

    /** Middling domains, as many whole ones as hold so many URLs together. */
    Set<String> cluster(int rows) {
        var names = new HashSet<String>();
        int held = 0;
        for (int i = LARGEST_OF_CLUSTER; held < rows && i < domains.size(); i += 10) {
            names.add(domains.get(i).name());
            held += domains.get(i).rows();
        }
        return names;
    }

    /** The URLs of a domain, in the order of the files, with what a crawl found. */
    List<MergeRow> rows(Domain domain) {
        var random = new SplittableRandom(seed ^ domain.rank() * 0x9E3779B97F4A7C15L);
        var urls = new TreeSet<Url>(ORDER);
        while (urls.size() < domain.rows()) {
            urls.add(
                    new Url(
                            HOSTS[random.nextInt(HOSTS.length)] + domain.name(),
                            path(random),
                            random.nextInt(8) == 0 ? "http" : "https"));
        }
        var rows = new ArrayList<MergeRow>(urls.size());
        for (Url url : urls) {
            rows.add(
                    new MergeRow(
                            domain.name(),
                            url.host(),
                            url.pathQuery(),
                            url.scheme(),
                            random.nextLong(),
                            timestamp(random),
                            random.nextInt(20) == 0 ? 404 : 200,
                            digest(random)));
        }
        return rows;
    }

    /** 160 bits in 32 letters, as web archives write them. */
    static String digest(SplittableRandom random) {
        byte[] letters = new byte[32];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = (byte) "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(random.nextInt(32));
        }
        return new String(letters, StandardCharsets.US_ASCII);
    }

    private static List<Domain> sizes(int rows) {
        int count = Math.clamp(rows / ROWS_A_DOMAIN, 1, NAMES);
        double harmonic = 0;
        for (int rank = 1; rank <= count; rank++) {
            harmonic += 1.0 / rank;
        }
        var domains = new ArrayList<Domain>(count);
        int left = rows;
        for (int rank = count; rank >= 2; rank--) {
            int size = Math.max(1, (int) (rows / harmonic / rank));
            domains.add(new Domain(name(rank), rank, size));
            left -= size;
        }
        domains.add(new Domain(name(1), 1, left));
        return domains.reversed();
    }

    private static String name(int rank) {
        int name = (int) ((long) rank * NAME_STEP % NAMES);
        return syllable(name / SYLLABLES / SYLLABLES)
                + syllable(name / SYLLABLES)
                + syllable(name)
                + SUFFIXES[rank % SUFFIXES.length];
    }

    private static String syllable(int number) {
        int syllable = number % SYLLABLES;
        return ""
                + CONSONANTS.charAt(syllable / VOWELS.length())
                + VOWELS.charAt(syllable % VOWELS.length());
    }

    private static String path(SplittableRandom random) {
        String section = SECTIONS[random.nextInt(SECTIONS.length)];
        int number = random.nextInt(10_000_000);
        return switch (random.nextInt(4)) {
            case 0 -> "/" + section + "/" + number;
            case 1 -> "/" + section + "?id=" + number + "&page=" + random.nextInt(20);
            case 2 ->
                    "/20" + (10 + random.nextInt(15)) + "/" + section + "/" + slug(random) + number;
            default -> "/" + section + "/" + slug(random) + number + ".html";
        };
    }

    private static String slug(SplittableRandom random) {
        var slug = new StringBuilder();
        for (int word = random.nextInt(2, 5); word > 0; word--) {
            for (int part = random.nextInt(1, 4); part > 0; part--) {
                slug.append(syllable(random.nextInt(SYLLABLES)));
            }
            slug.append('-');
        }
        return slug.toString();
    }

    /** Some second of ten years. */
    private static long timestamp(SplittableRandom random) {
        return (1_400_000_000L + random.nextInt(315_000_000)) * 1_000_000;
    }
}
