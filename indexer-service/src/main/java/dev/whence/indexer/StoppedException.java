package dev.whence.indexer;

/** Work beside the publishing is given up because the indexer ends. */
final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
        super("given up: the indexer ends");
    }
}
