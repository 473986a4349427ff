package dev.whence.benchmarks.merge;

import java.nio.file.Path;
import java.util.List;

/** One that merges in this process, and leaves plain Parquet files. */
interface MergeContestant {

    /** Its name in the table. */
    String name();

    /** Whether it has a way of its own for this change. */
    boolean takesPart(MergeChange change);

    /**
     * Merges the change's source into the base.
     *
     * @param directory empty, for its copy of the base and whatever it writes
     */
    Made merge(MergeData data, MergeChange change, Path directory) throws Exception;

    /**
     * What it took, and what it made.
     *
     * @param files that hold all rows now; none if it made no rows
     */
    record Made(double seconds, long bytesRead, long bytesWritten, List<Path> files) {
        public Made {
            files = List.copyOf(files);
        }
    }

    /** Seconds since a moment of {@link System#nanoTime}. */
    static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
