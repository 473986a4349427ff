package dev.whence.indexer;

import dev.whence.catalog.LogPartition;
import dev.whence.lake.LakeLayout;
import java.util.Optional;
import java.util.regex.Matcher;

/** What the key of a file of the lake says about where it came from; see {@link LakeLayout}. */
sealed interface LakeName {

    int datasetId();

    /** A landing file, written for a slot of a partition's chain. */
    record Landing(int datasetId, LogPartition partition, long slot) implements LakeName {}

    /** A file that an indexer wrote for a version. */
    record Part(int datasetId, long version) implements LakeName {}

    /**
     * A file that an indexer made of others of a version. It is taken in by one of the next {@link
     * #MOST_VERSIONS} or by none.
     */
    record Compacted(int datasetId, long base) implements LakeName {
        /**
         * At one version a second that is a quarter of an hour, and a compaction takes a minute or
         * two; a sweep has to read as many before it may delete the file.
         */
        static final int MOST_VERSIONS = 1_000;

        /** The last version that may take it in. */
        long lastTaker() {
            return base + MOST_VERSIONS;
        }
    }

    /**
     * A file that an indexer made of the first steps of a queue. It is taken in by the version in
     * which these are no longer the first, or by none.
     */
    record Merged(int datasetId, long since) implements LakeName {}

    /** The name in a key; empty if it is none that Whence gives. */
    static Optional<LakeName> of(String key) {
        Matcher landing = LakeLayout.LANDING.matcher(key);
        if (landing.matches()) {
            return Optional.of(
                    new Landing(
                            (int) Long.parseLong(landing.group(1)),
                            new LogPartition(landing.group(2), Integer.parseInt(landing.group(3))),
                            Long.parseLong(landing.group(4))));
        }
        Matcher made = LakeLayout.MADE.matcher(key);
        if (!made.matches()) {
            return Optional.empty();
        }
        int datasetId = (int) Long.parseLong(made.group(1));
        long number = Long.parseLong(made.group(3));
        return Optional.of(
                switch (made.group(2)) {
                    case "part" -> new Part(datasetId, number);
                    case "compacted" -> new Compacted(datasetId, number);
                    default -> new Merged(datasetId, number);
                });
    }
}
