package dev.whence.ingest;

import dev.whence.store.ObjectStore;
import java.util.function.Supplier;

/**
 * A place that claim checks may name objects of.
 *
 * @param prefix what an object's name begins with, such as {@code s3://raw/c4/}
 * @param store holds what lies under the prefix, and cannot reach anything else: its keys are what
 *     follows the prefix
 */
public record SourceRoot(String prefix, ObjectStore store) {

    /**
     * Opens the store if the prefix is one.
     *
     * @throws IllegalArgumentException if not: without a slash at its end {@code s3://raw/c4} would
     *     permit {@code s3://raw/c4-private/} too
     */
    public static SourceRoot of(String prefix, Supplier<ObjectStore> open) {
        if (!prefix.matches("(s3://[^/?#%]+|file://)/([^?#%]*/)?")) {
            throw new IllegalArgumentException(
                    "whence.ingest.sources: '"
                            + prefix
                            + "' must be of the form s3://bucket/prefix/, with a slash at its end");
        }
        return new SourceRoot(prefix, open.get());
    }
}
