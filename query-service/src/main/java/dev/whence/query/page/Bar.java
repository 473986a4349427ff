package dev.whence.query.page;

import java.util.Locale;

/**
 * A count with a bar beside it.
 *
 * @param width the bar's, in percent
 */
public record Bar(String label, String href, long count, String width) {
    private static final double LEAST_SEEN = 0.4;

    /**
     * A bar beside others.
     *
     * @param most the largest count, whose bar is as wide as there is room
     */
    static Bar of(String label, Address address, long count, long most) {
        return new Bar(label, address.toString(), count, width(count, most));
    }

    static String width(long count, long most) {
        double percent = most == 0 ? 0 : 100.0 * count / most;
        return String.format(Locale.ROOT, "%.2f%%", count == 0 ? 0 : Math.max(LEAST_SEEN, percent));
    }
}
