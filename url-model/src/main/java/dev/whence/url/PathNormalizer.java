package dev.whence.url;

/**
 * Writes the path of a URL: escapes normalised, dot segments resolved as the URL Standard does
 * ({@code %2e} is a dot there too), then runs of slashes collapsed.
 */
final class PathNormalizer {
    private PathNormalizer() {}

    /**
     * Appends the path {@code text[from, to)}, which is empty or begins with a slash of either
     * kind; an empty one becomes {@code /}.
     */
    static void append(ParsedUrl url, byte[] text, int from, int to) {
        int pathStart = url.length;
        int at = from;
        while (at < to) {
            int segment = at + 1;
            at = segment;
            while (at < to && !Ascii.isSlash(text[at])) {
                at++;
            }
            appendSegment(url, pathStart, text, segment, at, at == to);
        }
        if (url.length == pathStart) {
            url.append('/');
        }
        collapseSlashes(url, pathStart);
    }

    /** Whether a segment is a dot is seen on its normal form: that decodes {@code %2e}. */
    private static void appendSegment(
            ParsedUrl url, int pathStart, byte[] text, int from, int to, boolean last) {
        int slash = url.length;
        url.append('/');
        EscapeNormalizer.append(url, text, from, to, Ascii.ESCAPED_IN_PATH);
        int dots = dots(url, slash + 1);
        if (dots == 0) {
            return;
        }
        url.length = slash;
        if (dots == 2) {
            while (url.length > pathStart && url.bytes[--url.length] != '/') {
                // Takes the segment before away, and its slash.
            }
        }
        if (last) {
            url.append('/');
        }
    }

    /** How many dots the segment from {@code start} to the end is; 0 if it is anything else. */
    private static int dots(ParsedUrl url, int start) {
        int length = url.length - start;
        if (length != 1 && length != 2) {
            return 0;
        }
        return url.bytes[start] == '.' && url.bytes[url.length - 1] == '.' ? length : 0;
    }

    /**
     * Makes one slash of several, but leaves two right after a {@code scheme:}, so that a URL
     * inside the path survives. What stands before a run of slashes never changes here, so a second
     * pass finds nothing to do.
     */
    private static void collapseSlashes(ParsedUrl url, int pathStart) {
        byte[] bytes = url.bytes;
        int end = pathStart + 1;
        for (int at = end; at < url.length; at++) {
            boolean second = bytes[at] == '/' && bytes[end - 1] == '/';
            if (!second || followsScheme(bytes, pathStart, end - 1)) {
                bytes[end++] = bytes[at];
            }
        }
        url.length = end;
    }

    /** Whether a colon stands before {@code slash}, and something like a scheme before that. */
    private static boolean followsScheme(byte[] bytes, int pathStart, int slash) {
        int at = slash - 1;
        if (at <= pathStart || bytes[at] != ':') {
            return false;
        }
        while (Ascii.isSchemePart(bytes[--at])) {
            if (Ascii.isLetter(bytes[at])) {
                return true;
            }
        }
        return false;
    }
}
