package dev.whence.catalog;

/**
 * A file that a flush wrote.
 *
 * @param firstDomain the first domain in it, in sort order
 * @param crc32c of all its bytes
 */
public record LandingFile(
        String key,
        int datasetId,
        Strategy strategy,
        long rows,
        long bytes,
        String firstDomain,
        String lastDomain,
        int crc32c) {

    /** The same under another key. */
    public LandingFile at(String other) {
        return new LandingFile(
                other, datasetId, strategy, rows, bytes, firstDomain, lastDomain, crc32c);
    }
}
