package dev.whence.ingest;

import dev.whence.catalog.Effect;
import dev.whence.source.SourceFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message says beside its URLs.
 *
 * @param claim where the URLs are, if the message does not hold them itself
 */
record Batch(String dataset, Effect effect, @Nullable Claim claim) {

    /** Objects of one format that hold the URLs. */
    record Claim(List<String> objects, SourceFormat format, String urlColumn) {}
}
