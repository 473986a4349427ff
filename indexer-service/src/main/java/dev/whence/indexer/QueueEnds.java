package dev.whence.indexer;

import dev.whence.catalog.QueueRef;
import dev.whence.catalog.Version;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds the version in which the first steps of a queue ceased to be the first: carried out, or
 * dropped with their dataset. From then on they never are again. Remembers the last answer: keys
 * come in order. Not thread-safe.
 */
final class QueueEnds {
    private final ChainEnds ends;
    private Optional<QueueRef> asked = Optional.empty();
    private Optional<Version> end = Optional.empty();

    QueueEnds(ChainEnds ends) {
        this.ends = ends;
    }

    /** That version; empty while there is none, or if the queue never was. */
    Optional<Version> of(int datasetId, long since) throws IOException {
        var queue = new QueueRef(datasetId, since);
        if (end.isEmpty() || !asked.equals(Optional.of(queue))) {
            end = ends.firstWithout(since, version -> version.queued().contains(queue));
            asked = Optional.of(queue);
        }
        return end;
    }
}
