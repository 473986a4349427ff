package dev.whence.lake;

import dev.whence.url.DomainPrefix;
import java.util.regex.Pattern;

/** The names of objects in the lake: {@code urls/dataset_id={id}/domain_prefix={p}/{file}}. */
public final class LakeLayout {
    /** Hive's null: a file that may hold domains of any prefix. */
    public static final String NO_PREFIX = DomainPrefix.NONE.text();

    public static final String ROOT = "urls/";

    private static final String DIRECTORY =
            Pattern.quote(ROOT) + "dataset_id=(\\d{1,10})/domain_prefix=[^/]+/";
    private static final String NUMBER_AND_ID = "(00\\d{18})-[0-9a-z]{26}\\.parquet";

    /** Of {@link #landingFile}: dataset, topic id, partition, slot. */
    public static final Pattern LANDING =
            Pattern.compile(DIRECTORY + "landing-(.+)-(\\d{1,9})-" + NUMBER_AND_ID);

    /**
     * Of what the indexer made: dataset, {@code part}, {@code compacted} or {@code merged}, number.
     */
    public static final Pattern MADE =
            Pattern.compile(DIRECTORY + "(part|compacted|merged)-" + NUMBER_AND_ID);

    private LakeLayout() {}

    /**
     * A landing file, named by what it came from and a fresh id, so that an orphan can be told from
     * a file in flight.
     */
    public static String landingFile(
            int datasetId, String topicId, int partition, long slot, String freshId) {
        return partition(datasetId, NO_PREFIX)
                + "landing-%s-%d-%020d-%s.parquet".formatted(topicId, partition, slot, freshId);
    }

    /** A file that the indexer wrote for a version. */
    public static String part(int datasetId, String prefix, long version, String freshId) {
        return partition(datasetId, prefix) + "part-%020d-%s.parquet".formatted(version, freshId);
    }

    /**
     * A file that the indexer made of others, for one of the versions after a base: which of them
     * takes it in is not known yet.
     */
    public static String compacted(
            int datasetId, DomainPrefix prefix, long baseVersion, String freshId) {
        return partition(datasetId, prefix.text())
                + "compacted-%020d-%s.parquet".formatted(baseVersion, freshId);
    }

    /**
     * A file that the indexer made of others and of the first steps of a dataset's queue, beside
     * the publishing: the version that takes it in is the one that ends the queue's {@code since}.
     */
    public static String merged(int datasetId, DomainPrefix prefix, long since, String freshId) {
        return partition(datasetId, prefix.text())
                + "merged-%020d-%s.parquet".formatted(since, freshId);
    }

    private static String partition(int datasetId, String prefix) {
        return ROOT
                + "dataset_id="
                + Integer.toUnsignedString(datasetId)
                + "/"
                + DomainPrefix.COLUMN
                + "="
                + prefix
                + "/";
    }
}
