package dev.whence.indexer;

import dev.whence.catalog.DatasetQueue;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Queues that could not be carried out lately. Such a one stands back behind those that wait by
 * then, and not behind all that will ever come. Thread-safe.
 */
final class QueueFailures {
    private final Map<Integer, Failure> failures = new HashMap<>();

    /**
     * @param since of the queue: another one of the dataset has not failed
     * @param after the newest version at that time
     * @param times how often it failed in a row
     */
    private record Failure(long since, long after, int times, String reason) {}

    synchronized void add(DatasetQueue queue, Base base, Exception failure) {
        int times = of(queue).map(Failure::times).orElse(0) + 1;
        String reason =
                "dataset %s: %s"
                        .formatted(Integer.toUnsignedString(queue.datasetId()), said(failure));
        failures.put(queue.datasetId(), new Failure(queue.since(), base.number(), times, reason));
    }

    synchronized void remove(int datasetId) {
        failures.remove(datasetId);
    }

    /** Why a queue that a version has could not be carried out; empty if all could. */
    synchronized Optional<String> first(Base base) {
        return base.table().queued().stream()
                .flatMap(queue -> of(queue).stream())
                .map(Failure::reason)
                .findFirst();
    }

    /** The one that waits longest comes first. */
    Comparator<DatasetQueue> order() {
        return Comparator.comparingLong(this::waitsSince).thenComparingInt(this::times);
    }

    private synchronized long waitsSince(DatasetQueue queue) {
        return of(queue).map(failure -> failure.after() + 1).orElse(queue.since());
    }

    private synchronized int times(DatasetQueue queue) {
        return of(queue).map(Failure::times).orElse(0);
    }

    private Optional<Failure> of(DatasetQueue queue) {
        return Optional.ofNullable(failures.get(queue.datasetId()))
                .filter(failure -> failure.since() == queue.since());
    }

    private static String said(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
