package dev.whence.catalog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How much of its dataset a batch lets be written anew. */
public enum RewriteMode {
    FULL,
    INCREMENTAL,
    AUTO;

    /** The name in batches and log entries. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode of that name; {@link IllegalArgumentException} names those that there are. */
    @JsonCreator
    public static RewriteMode of(String text) {
        for (RewriteMode mode : values()) {
            if (mode.text().equals(text)) {
                return mode;
            }
        }
        throw new IllegalArgumentException(
                "no rewrite_mode '%s'; there are %s"
                        .formatted(
                                text,
                                Arrays.stream(values())
                                        .map(RewriteMode::text)
                                        .collect(Collectors.joining(", "))));
    }
}
