package dev.whence.merge;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What becomes of matched and unmatched keys; docs/merge.md has the table. */
public enum MergeStrategy {
    /** Every source row is added, whatever the target holds. */
    APPEND,
    /** Source rows of new keys are added. */
    INSERT,
    /** Target rows of matched keys are replaced. */
    UPDATE,
    /** Target rows of matched keys are replaced, source rows of new keys added. */
    UPSERT,
    /** Upsert; target rows whose key the source does not have are deleted. */
    FULL_MERGE,
    /** Upsert of the source's best row of each key, by an order that is given. */
    DEDUPLICATE,
    /** Target rows of matched keys are deleted. */
    DELETE;

    /** The name in requests and results. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The strategy of that name; {@link IllegalArgumentException} names those that there are. */
    public static MergeStrategy of(String text) {
        for (MergeStrategy strategy : values()) {
            if (strategy.text().equals(text)) {
                return strategy;
            }
        }
        throw new IllegalArgumentException(
                "no strategy '%s'; there are %s"
                        .formatted(
                                text,
                                Arrays.stream(values())
                                        .map(MergeStrategy::text)
                                        .collect(Collectors.joining(", "))));
    }

    /** Whether existing files are never rewritten, so that only source rows matter. */
    public boolean onlyAdds() {
        return this == APPEND || this == INSERT;
    }

    /** Whether the target may be rewritten in part. */
    public boolean canBeIncremental() {
        return this == UPDATE || this == UPSERT || this == DELETE;
    }

    /** Whether source rows of keys that the target does not have are added. */
    public boolean addsUnmatched() {
        return switch (this) {
            case APPEND, INSERT, UPSERT, FULL_MERGE, DEDUPLICATE -> true;
            case UPDATE, DELETE -> false;
        };
    }

    /** Whether the target's row of a matched key becomes the source's. */
    public boolean replacesMatched() {
        return switch (this) {
            case UPDATE, UPSERT, FULL_MERGE, DEDUPLICATE -> true;
            case APPEND, INSERT, DELETE -> false;
        };
    }

    /** Whether the source's rows are needed, and not only its keys. */
    public boolean needsRows() {
        return this != DELETE;
    }
}
