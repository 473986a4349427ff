package dev.whence.benchmarks;

import dev.whence.index.IndexSnapshot;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Domains as people ask for them: the k-th most popular of some is asked for in proportion to 1/k
 * (Zipf's law with exponent 1). Which are popular is chosen by chance.
 */
final class ZipfDomains {
    private final List<String> domains;
    private final double[] cumulative;
    private final Random random = new Random(7);

    private ZipfDomains(List<String> domains) {
        this.domains = domains;
        this.cumulative = new double[domains.size()];
        double sum = 0;
        for (int rank = 0; rank < cumulative.length; rank++) {
            sum += 1.0 / (rank + 1);
            cumulative[rank] = sum;
        }
    }

    /** All domains of an index. */
    static ZipfDomains of(IndexSnapshot index) {
        List<String> domains =
                IntStream.range(0, index.domains())
                        .mapToObj(index::domain)
                        .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(domains, new Random(7));
        return new ZipfDomains(domains);
    }

    String next() {
        double at = random.nextDouble() * cumulative[cumulative.length - 1];
        int low = 0;
        int high = cumulative.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulative[middle] < at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return domains.get(low);
    }

    /** So many, as they stand in a path. */
    List<String> inPaths(int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> URLEncoder.encode(next(), StandardCharsets.UTF_8))
                .toList();
    }

    /** Bodies of {@code /v1/domains:lookup} with so many domains each. */
    List<String> batches(int count, int domainsEach) {
        return IntStream.range(0, count)
                .mapToObj(_ ->
                        IntStream.range(0, domainsEach)
                                .mapToObj(_ -> '"' + next() + '"')
                                .collect(Collectors.joining(",", "{\"domains\":[", "]}")))
                .toList();
    }
}
