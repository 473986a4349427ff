package dev.whence.ingest;

/**
 * Other people's words in our messages, which go to logs and to headers: short, in one line, and
 * never what may be a URL or a secret that stands where a name should.
 */
final class Quoted {
    private static final int MAX_NAME_CHARS = 80;
    private static final int MAX_LINE_CHARS = 1_000;

    private Quoted() {}

    /** A text that should be a name, in quotes if it looks like one. */
    static String name(String text) {
        boolean looksLikeOne =
                text.length() <= MAX_NAME_CHARS
                        && text.chars()
                                .allMatch(c ->
                                        Character.isLetterOrDigit(c) || "_-. ".indexOf(c) >= 0);
        return looksLikeOne ? "'" + text + "'" : "(" + text.length() + " characters, not shown)";
    }

    /** A text of printable ASCII, cut if it is long. */
    static String line(String text) {
        var line = new StringBuilder();
        int shown = Math.min(text.length(), MAX_LINE_CHARS);
        for (int i = 0; i < shown; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                line.append("\\u%04x".formatted((int) c));
            } else {
                line.append(c);
            }
        }
        return line.append(shown < text.length() ? "..." : "").toString();
    }
}
