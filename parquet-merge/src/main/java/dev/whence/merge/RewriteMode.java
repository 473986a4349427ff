package dev.whence.merge;

import java.util.Locale;

/** How much of the target a merge writes anew. */
public enum RewriteMode {
    /** Every file. */
    FULL,
    /** Only files that hold a matched key, and of those only what changes. */
    INCREMENTAL,
    /** Whichever the plan finds cheaper; it says which and why. */
    AUTO;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode of that name. */
    public static RewriteMode of(String text) {
        for (RewriteMode mode : values()) {
            if (mode.text().equals(text)) {
                return mode;
            }
        }
        throw new IllegalArgumentException(
                "no rewrite mode '%s'; there are full, incremental, auto".formatted(text));
    }
}
