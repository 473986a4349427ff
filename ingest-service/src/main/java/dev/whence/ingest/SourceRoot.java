package dev.whence.ingest;

import dev.whence.store.ObjectStore;

/**
 * A place that claim checks may name objects of.
 *
 * @param prefix what an object's name begins with, such as {@code s3://raw/c4/}; ends with a slash
 * @param store holds what lies under the prefix, and cannot reach anything else: its keys are what
 *     follows the prefix
 */
public record SourceRoot(String prefix, ObjectStore store) {
    public SourceRoot {
        if (!prefix.matches("[a-z][a-z0-9]*://.*/")) {
            throw new IllegalArgumentException(
                    "whence.ingest.sources: '"
                            + prefix
                            + "' must be of the form s3://bucket/prefix/, with a slash at its end");
        }
    }
}
