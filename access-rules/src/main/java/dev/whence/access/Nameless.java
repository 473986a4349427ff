package dev.whence.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** What a caller without a key may see. */
public enum Nameless {
    /** All datasets that are not restricted. */
    UNRESTRICTED,
    /** Nothing at all: a key is needed for every question. */
    NOTHING,
    /**
     * Nobody has said. Where a service may be open that is {@link #UNRESTRICTED}; elsewhere it does
     * not start, so that a first takedown opens nothing to strangers.
     */
    UNSAID;

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one with that text. */
    @JsonCreator
    public static Nameless of(String text) {
        return Arrays.stream(values())
                .filter(each -> each.text().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "callers without a key see unrestricted, nothing or unsaid, not '%s'"
                                        .formatted(text)));
    }
}
