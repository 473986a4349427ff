package dev.whence.indexer;

import dev.whence.lake.DomainRun;
import java.util.Arrays;
import java.util.function.ObjLongConsumer;

/** The domains of one file in order, and how many rows it holds of each. Immutable. */
final class DomainCounts {
    private final String[] domains;
    private final long[] rows;

    private DomainCounts(String[] domains, long[] rows) {
        this.domains = domains;
        this.rows = rows;
    }

    int size() {
        return domains.length;
    }

    String domain(int at) {
        return domains[at];
    }

    boolean contains(String domain) {
        return Arrays.binarySearch(domains, domain) >= 0;
    }

    long rows() {
        return Arrays.stream(rows).sum();
    }

    void forEach(ObjLongConsumer<String> visitor) {
        for (int at = 0; at < domains.length; at++) {
            visitor.accept(domains[at], rows[at]);
        }
    }

    /** Gathers runs in file order; a domain that goes on in the next row group is one domain. */
    static final class Builder {
        private String[] domains = new String[64];
        private long[] rows = new long[64];
        private int size;

        void add(DomainRun run) {
            add(run.domain(), run.rows());
        }

        /**
         * @throws IllegalArgumentException if the domain sorts before the one before it
         */
        void add(String domain, long more) {
            int order = size == 0 ? -1 : domains[size - 1].compareTo(domain);
            if (order > 0) {
                throw new IllegalArgumentException(
                        "domain %s comes after %s".formatted(domain, domains[size - 1]));
            }
            if (order < 0) {
                if (size == domains.length) {
                    domains = Arrays.copyOf(domains, 2 * size);
                    rows = Arrays.copyOf(rows, 2 * size);
                }
                domains[size++] = domain;
            }
            rows[size - 1] += more;
        }

        DomainCounts build() {
            return new DomainCounts(Arrays.copyOf(domains, size), Arrays.copyOf(rows, size));
        }
    }
}
