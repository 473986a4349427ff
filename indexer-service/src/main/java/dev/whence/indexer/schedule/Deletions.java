package dev.whence.indexer.schedule;

import java.io.IOException;
import java.util.function.IntSupplier;

/**
 * Runs what deletes, counts what came of it, and lets a run fail that could delete nothing of what
 * it should: a role without the right to delete goes on for ever otherwise, and nobody knows.
 */
final class Deletions {
    private final IndexerMetrics metrics;

    /** One run, which says how many objects it deleted. */
    interface Run {
        int run() throws IOException;
    }

    Deletions(IndexerMetrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Runs once.
     *
     * @param name of the run, as metrics have it
     * @param reason why objects go, as metrics have it
     * @param left how many objects the run could not delete
     * @return how many objects were deleted
     * @throws IOException if none was, though some should have been
     */
    int run(String name, String reason, Run run, IntSupplier left) throws IOException {
        try {
            int deleted = run.run();
            metrics.deleted(reason, deleted);
            if (deleted == 0 && left.getAsInt() > 0) {
                throw new IOException(
                        "%d objects (%s) could not be deleted yet, the log names one of them"
                                .formatted(left.getAsInt(), reason));
            }
            metrics.ran(name, "done");
            return deleted;
        } catch (IOException | RuntimeException e) {
            metrics.ran(name, "failed");
            throw e;
        }
    }
}
