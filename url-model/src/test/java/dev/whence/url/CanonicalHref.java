package dev.whence.url;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The canonical form of a URL that the URL Standard has already parsed and written, by another way
 * than the code that is judged: whole strings and regular expressions.
 */
final class CanonicalHref {
    private static final Pattern PARTS =
            Pattern.compile("(https?|ftp)://(?:[^/?#]*@)?([^/?#]*)([^?#]*)(?:\\?([^#]*))?.*");
    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");

    private CanonicalHref() {}

    static String of(String href) {
        Matcher parts = PARTS.matcher(href);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not the form that the URL Standard writes");
        }
        String host = parts.group(2).replaceFirst("\\.+(?=$|:\\d)", "");
        String path = parts.group(3).replaceAll("(?<![A-Za-z][A-Za-z0-9+.-]{0,99}:)/{2,}", "/");
        path = path.replaceAll("/{3,}", "//");
        String query = parts.group(4) == null ? "" : parts.group(4);
        String sorted =
                Arrays.stream(query.split("&"))
                        .filter(parameter -> !parameter.isEmpty())
                        .map(CanonicalHref::normalEscapes)
                        .sorted(Comparator.comparing(parameter -> parameter.split("=", 2)[0]))
                        .collect(Collectors.joining("&"));
        return parts.group(1)
                + "://"
                + host
                + normalEscapes(path)
                + (sorted.isEmpty() ? "" : "?" + sorted);
    }

    private static String normalEscapes(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(escape -> {
                    char c = (char) Integer.parseInt(escape.group(1), 16);
                    boolean unreserved = String.valueOf(c).matches("[A-Za-z0-9._~-]");
                    return unreserved ? String.valueOf(c) : escape.group().toUpperCase(Locale.ROOT);
                });
    }
}
