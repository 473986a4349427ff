package dev.whence.query.rest;

import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Parameters as they come, text, to what they mean. */
public final class Parameters {
    /** Largest number taken; JSON readers hold it exactly. */
    private static final long LARGEST = 1L << 53;

    private static final int LONGEST_SHOWN = 40;
    private static final int LONGEST_DOMAIN = 255;

    private Parameters() {}

    /** The version that is asked for; empty for the newest. */
    public static OptionalLong version(@Nullable String text) {
        return text == null
                ? OptionalLong.empty()
                : OptionalLong.of(number("version", text, 0, LARGEST));
    }

    /** A dataset id, u32. */
    public static int datasetId(String text) {
        return (int) number("dataset_id", text, 0, 0xFFFF_FFFFL);
    }

    /** A version beside a cursor, which holds one, is one too many. */
    static void refuseVersionBesideCursor(@Nullable String version) {
        if (version != null) {
            throw new BadParameterException("A cursor holds its version; leave version out.");
        }
    }

    /** What domains begin with, as the index has them. */
    public static String domainPrefix(@Nullable String text) {
        if (text == null) {
            return "";
        }
        if (text.startsWith("*.")) {
            throw new BadParameterException(
                    "prefix is what domains begin with; hosts below one are at"
                            + " /v1/domain/*.example.com/hosts.");
        }
        if (text.length() > LONGEST_DOMAIN || !text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new BadParameterException(
                    "prefix is at most %d characters of ASCII (Unicode names as xn--…), not '%s'."
                            .formatted(LONGEST_DOMAIN, shown(text)));
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /** A number in a range, or what it is where none is given. */
    public static long number(
            String name, @Nullable String text, long least, long most, long otherwise) {
        return text == null ? otherwise : number(name, text, least, most);
    }

    /** A yes or no. */
    static boolean flag(String name, @Nullable String text, boolean otherwise) {
        return switch (text) {
            case null -> otherwise;
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw new BadParameterException(
                            "%s is true or false, not '%s'.".formatted(name, shown(text)));
        };
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
