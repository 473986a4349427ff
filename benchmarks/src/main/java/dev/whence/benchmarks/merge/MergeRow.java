package dev.whence.benchmarks.merge;

/**
 * A row of the merge contest: a URL as a lake holds it, and what a crawl knows of it. The first
 * four columns are the key, and the order of the files.
 *
 * @param tsMicros since 1970
 */
record MergeRow(
        String domain,
        String host,
        String pathQuery,
        String scheme,
        long urlId,
        long tsMicros,
        int status,
        String digest) {

    /** The key columns, in the order of the files. */
    static final String[] KEY = {"domain", "host", "path_query", "scheme"};

    /** The same URL as a later crawl found it. */
    MergeRow crawledAgain(long laterMicros, int newStatus, String newDigest) {
        return new MergeRow(
                domain,
                host,
                pathQuery,
                scheme,
                urlId,
                tsMicros + laterMicros,
                newStatus,
                newDigest);
    }
}
