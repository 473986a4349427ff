package dev.whence.catalog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How a batch changes its dataset. */
public enum Strategy {
    APPEND,
    INSERT,
    UPDATE,
    UPSERT,
    FULL_MERGE,
    DEDUPLICATE,
    DELETE;

    /** Whether it leaves every row that is there as it is, so that its files can be adopted. */
    public boolean onlyAdds() {
        return this == APPEND || this == INSERT;
    }

    /** Whether what becomes of a row depends on all others of the source. */
    public boolean needsWholeSource() {
        return this == FULL_MERGE || this == DEDUPLICATE;
    }

    /** The name in batches and log entries. */
    @JsonValue
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The strategy of that name; {@link IllegalArgumentException} names those that there are. */
    @JsonCreator
    public static Strategy of(String text) {
        for (Strategy strategy : values()) {
            if (strategy.text().equals(text)) {
                return strategy;
            }
        }
        throw new IllegalArgumentException(
                "no strategy '"
                        + text
                        + "'; there are "
                        + Arrays.stream(values())
                                .map(Strategy::text)
                                .collect(Collectors.joining(", ")));
    }
}
