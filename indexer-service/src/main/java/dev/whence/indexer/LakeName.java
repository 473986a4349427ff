package dev.whence.indexer;

import dev.whence.catalog.LogPartition;
import dev.whence.lake.LakeLayout;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    Pattern LANDING =
            Pattern.compile(
                    Pattern.quote(LakeLayout.ROOT)
                            + "dataset_id=(\\d{1,10})/domain_prefix=[^/]+/"
                            + "landing-(.+)-(\\d{1,9})-(00\\d{18})-[0-9a-z]{26}\\.parquet");

    Pattern PART =
            Pattern.compile(
                    Pattern.quote(LakeLayout.ROOT)
                            + "dataset_id=(\\d{1,10})/domain_prefix=[^/]+/"
                            + "part-(00\\d{18})-[0-9a-z]{26}\\.parquet");

    Pattern COMPACTED =
            Pattern.compile(
                    Pattern.quote(LakeLayout.ROOT)
                            + "dataset_id=(\\d{1,10})/domain_prefix=[^/]+/"
                            + "compacted-(00\\d{18})-[0-9a-z]{26}\\.parquet");

    Pattern MERGED =
            Pattern.compile(
                    Pattern.quote(LakeLayout.ROOT)
                            + "dataset_id=(\\d{1,10})/domain_prefix=[^/]+/"
                            + "merged-(00\\d{18})-[0-9a-z]{26}\\.parquet");

    /** The name in a key; empty if it is none that Whence gives. */
    static Optional<LakeName> of(String key) {
        Matcher landing = LANDING.matcher(key);
        if (landing.matches()) {
            return Optional.of(
                    new Landing(
                            (int) Long.parseLong(landing.group(1)),
                            new LogPartition(landing.group(2), Integer.parseInt(landing.group(3))),
                            Long.parseLong(landing.group(4))));
        }
        Matcher part = PART.matcher(key);
        if (part.matches()) {
            return Optional.of(
                    new Part((int) Long.parseLong(part.group(1)), Long.parseLong(part.group(2))));
        }
        Matcher merged = MERGED.matcher(key);
        if (merged.matches()) {
            return Optional.of(
                    new Merged(
                            (int) Long.parseLong(merged.group(1)),
                            Long.parseLong(merged.group(2))));
        }
        Matcher compacted = COMPACTED.matcher(key);
        return compacted.matches()
                ? Optional.of(
                        new Compacted(
                                (int) Long.parseLong(compacted.group(1)),
                                Long.parseLong(compacted.group(2))))
                : Optional.empty();
    }
}
