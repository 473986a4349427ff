package dev.whence.merge.plan;

import java.util.Locale;

/** Why a row group is affected by a merge, or is not. */
public enum Reason {
    /** Its partition has no key of the source. */
    OTHER_PARTITION(false),
    /** Its statistics exclude every key of the source. */
    STATISTICS(false),
    /** A bloom filter excludes every key of the source. */
    BLOOM_FILTER(false),
    /** Its column indexes exclude every key of the source. */
    COLUMN_INDEX(false),
    /** Its keys were read, and none is in the source. */
    NO_MATCHED_KEY(false),
    /** The strategy never changes a row that is there. */
    ONLY_ADDS(false),
    /** At least one of its keys is in the source. */
    MATCHED_KEY(true),
    /** Nobody has looked: the time for planning was over, or the settings forbade it. */
    NOT_LOOKED_AT(true);

    private final boolean affected;

    Reason(boolean affected) {
        this.affected = affected;
    }

    public boolean isAffected() {
        return affected;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
