package dev.whence.query.rest;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Parameters as they come, text, to what they mean. */
final class Parameters {
    /** Largest number taken; JSON readers hold it exactly. */
    private static final long LARGEST = 1L << 53;

    private static final int LONGEST_SHOWN = 40;

    private Parameters() {}

    /** The version that is asked for; empty for the newest. */
    static OptionalLong version(@Nullable String text) {
        return text == null
                ? OptionalLong.empty()
                : OptionalLong.of(number("version", text, 0, LARGEST));
    }

    /** A dataset id, u32. */
    static int datasetId(String text) {
        return (int) number("dataset_id", text, 0, 0xFFFF_FFFFL);
    }

    static long number(String name, @Nullable String text, long least, long most, long otherwise) {
        return text == null ? otherwise : number(name, text, least, most);
    }

    /** A number with no upper end of its own. */
    static long count(String name, @Nullable String text, long least, long otherwise) {
        return number(name, text, least, LARGEST, otherwise);
    }

    static long number(String name, String text, long least, long most) {
        if (!text.isEmpty()
                && text.length() <= 16
                && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw new BadParameterException(
                "%s is a number from %d to %d, not '%s'."
                        .formatted(name, least, most, shown(text)));
    }

    /** A text from outside, short enough for a message. */
    static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
