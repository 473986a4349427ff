package dev.whence.index;

import java.util.EnumSet;
import java.util.Set;

/**
 * From how many domains on a generation gets files beside its dictionary that answer faster. The
 * answers are the same with and without them.
 *
 * @param filterFrom domains from which on there is a filter, in which most domains that the
 *     generation does not hold end; 9 bits a domain
 * @param hashFrom domains from which on there is a perfect hash, which finds a domain's block
 *     without the dictionary's tree; 2.3 bits a domain, and one more each time they double
 */
public record LookupFiles(int filterFrom, int hashFrom) {

    /** Figures in {@code docs/benchmarks.md}. */
    public static final LookupFiles DEFAULT = new LookupFiles(1_024, Integer.MAX_VALUE);

    public LookupFiles {
        if (filterFrom < 1 || hashFrom < 1) {
            throw new IllegalArgumentException(
                    "Files from 1 domain on: %d and %d".formatted(filterFrom, hashFrom));
        }
    }

    /** Which files so many domains get. */
    Set<IndexFormat> of(int domains) {
        Set<IndexFormat> files = EnumSet.noneOf(IndexFormat.class);
        if (domains >= filterFrom) {
            files.add(IndexFormat.FILTER);
        }
        if (domains >= hashFrom) {
            files.add(IndexFormat.HASH);
        }
        return files;
    }
}
