package dev.whence.query.cdx;

import dev.whence.query.QueryException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a field must be like: {@code [!][=|~]field:expression}. Thread-safe.
 *
 * <p>Expressions come from outside, and some take for ever: each look at a character is counted,
 * and a match that takes too many fails loudly.
 */
public final class CdxFilter {

    /** How a value is compared where no sign says it. */
    public enum Plain {
        /** The whole value matches a regular expression, as in the Wayback CDX server. */
        MATCHES,
        /** The value holds the text, as in pywb. */
        CONTAINS
    }

    private enum How {
        MATCHES,
        CONTAINS,
        EQUALS,
        BEGINS_LIKE
    }

    private static final int LONGEST = 1_000;
    private static final int MOST_LOOKS = 2_000_000;

    private final boolean inverted;
    private final How how;
    private final CdxField field;
    private final String text;
    private final Pattern pattern;

    private CdxFilter(boolean inverted, How how, CdxField field, String text) {
        this.inverted = inverted;
        this.how = how;
        this.field = field;
        this.text = text;
        this.pattern = Pattern.compile(how == How.CONTAINS || how == How.EQUALS ? "" : text);
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static CdxFilter of(String filter, Plain plain) {
        int at = filter.startsWith("!") ? 1 : 0;
        How how = plain == Plain.MATCHES ? How.MATCHES : How.CONTAINS;
        if (filter.startsWith("=", at)) {
            how = How.EQUALS;
            at++;
        } else if (filter.startsWith("~", at)) {
            how = How.BEGINS_LIKE;
            at++;
        }
        int colon = filter.indexOf(':', at);
        if (colon < 0 || filter.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "A filter is [!][=|~]field:expression, at most %d characters long."
                            .formatted(LONGEST));
        }
        try {
            return new CdxFilter(
                    filter.startsWith("!"),
                    how,
                    CdxField.named(filter.substring(at, colon)),
                    filter.substring(colon + 1));
        } catch (PatternSyntaxException | StackOverflowError e) {
            throw new IllegalArgumentException(
                    "The expression of a filter is a regular expression of Java; this is none.", e);
        }
    }

    /**
     * Whether a row is to be told.
     *
     * @throws QueryException.TooMuch if that takes too long to say
     */
    boolean takes(CdxRow row) throws QueryException {
        try {
            return holds(field.value(row)) != inverted;
        } catch (TooManyLooks | StackOverflowError e) {
            throw new QueryException.TooMuch(
                    "The expression of a filter takes too long to match; make it simpler.");
        }
    }

    private boolean holds(String value) {
        return switch (how) {
            case CONTAINS -> value.contains(text);
            case EQUALS -> value.equals(text);
            case MATCHES -> matcher(value).matches();
            case BEGINS_LIKE -> matcher(value).lookingAt();
        };
    }

    private Matcher matcher(String value) {
        return pattern.matcher(new Counted(value));
    }

    @Override
    public String toString() {
        return (inverted ? "!" : "") + how + " " + field.source() + ":" + text;
    }

    private static final class TooManyLooks extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyLooks() {
            super(null, null, false, false);
        }
    }

    /** A text that lets itself be looked at only so often. */
    private static final class Counted implements CharSequence {
        private final String text;
        private int looks;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++looks > MOST_LOOKS) {
                throw new TooManyLooks();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
