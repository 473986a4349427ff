package dev.whence.catalog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of the sources of merges, {@code ingest/batches/{topicId}/{partition}/{slot}-{fresh
 * id}.parquet}: for which slot of which chain a flush wrote it. Only if the entry of the slot names
 * it is it one.
 */
public record BatchFileName(LogPartition partition, long slot) {
    private static final String ROOT = "ingest/batches/";

    private static final Pattern KEY =
            Pattern.compile(
                    Pattern.quote(ROOT) + "([^/]+)/(\\d{1,9})/(0\\d{19})-[0-9a-z]{26}\\.parquet");

    /** Where those of a partition lie. */
    public static String folder(LogPartition partition) {
        return ROOT + partition.topicId() + "/" + partition.partition() + "/";
    }

    /** The key of a file that nobody else uses the fresh id for. */
    public String key(String freshId) {
        return "%s%020d-%s.parquet".formatted(folder(partition), slot, freshId);
    }

    /** The name in a key; empty if it is none of a merge's source. */
    public static Optional<BatchFileName> of(String key) {
        Matcher match = KEY.matcher(key);
        return match.matches()
                ? Optional.of(
                        new BatchFileName(
                                new LogPartition(match.group(1), Integer.parseInt(match.group(2))),
                                Long.parseLong(match.group(3))))
                : Optional.empty();
    }
}
