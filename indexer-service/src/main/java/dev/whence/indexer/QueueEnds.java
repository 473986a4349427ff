package dev.whence.indexer;

import dev.whence.catalog.QueueRef;
import dev.whence.catalog.Version;
import dev.whence.catalog.VersionChain;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds the version in which the first steps of a queue ceased to be the first: carried out, or
 * dropped with their dataset. From then on they never are again, so that it is found by halving the
 * chain. Remembers the last answer: keys come in order. Not thread-safe.
 */
final class QueueEnds {
    private final VersionChain versions;
    private Optional<QueueRef> asked = Optional.empty();
    private Optional<Version> end = Optional.empty();

    QueueEnds(VersionChain versions) {
        this.versions = versions;
    }

    /** That version; empty while there is none, or if the queue never was. */
    Optional<Version> of(int datasetId, long since) throws IOException {
        var queue = new QueueRef(datasetId, since);
        if (end.isEmpty() || !asked.equals(Optional.of(queue))) {
            end = find(queue);
            asked = Optional.of(queue);
        }
        return end;
    }

    private Optional<Version> find(QueueRef queue) throws IOException {
        Optional<Version> first = versions.read(queue.since());
        if (first.isEmpty() || !first.get().queued().contains(queue)) {
            return Optional.empty();
        }
        Version with = first.get();
        Version without = versions.latest().orElse(with);
        if (without.queued().contains(queue)) {
            return Optional.empty();
        }
        while (without.number() - with.number() > 1) {
            Version middle = version((with.number() + without.number()) / 2);
            if (middle.queued().contains(queue)) {
                with = middle;
            } else {
                without = middle;
            }
        }
        return Optional.of(without);
    }

    private Version version(long number) throws IOException {
        return versions.read(number)
                .orElseThrow(() ->
                        new IOException("version %d is missing in the chain".formatted(number)));
    }
}
