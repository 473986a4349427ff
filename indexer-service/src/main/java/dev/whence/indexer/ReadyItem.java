package dev.whence.indexer;

/** Files that were made beside the publishing, for a version to take in. */
sealed interface ReadyItem permits Compacted, Purged, CarriedOut, Folded {

    /** Bytes of the new files. */
    long bytes();

    /** Whether the version after a base can take it in. */
    boolean fits(Base base);
}
