package dev.whence.catalog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of rejects files, {@code ingest/rejects/{topicId}/{partition}/{slot}-{fresh
 * id}.ndjson.zst}: for which slot of which chain a flush wrote it. Only if the entry of the slot
 * names it is it one.
 */
public record RejectsName(LogPartition partition, long slot) {
    private static final String ROOT = "ingest/rejects/";

    private static final Pattern KEY =
            Pattern.compile(
                    Pattern.quote(ROOT)
                            + "([^/]+)/(\\d{1,9})/(0\\d{19})-[0-9a-z]{26}\\.ndjson\\.zst");

    /** Where those of a partition lie. */
    public static String folder(LogPartition partition) {
        return ROOT + partition.topicId() + "/" + partition.partition() + "/";
    }

    /** The key of a file that nobody else uses the fresh id for. */
    public String key(String freshId) {
        return "%s%020d-%s.ndjson.zst".formatted(folder(partition), slot, freshId);
    }

    /** The name in a key; empty if it is none of a rejects file. */
    public static Optional<RejectsName> of(String key) {
        Matcher match = KEY.matcher(key);
        return match.matches()
                ? Optional.of(
                        new RejectsName(
                                new LogPartition(match.group(1), Integer.parseInt(match.group(2))),
                                Long.parseLong(match.group(3))))
                : Optional.empty();
    }
}
