package dev.whence.ingest;

/** Other people's words in our messages: short, one line, plain ASCII. */
final class Quoted {
    private static final int MAX_CHARS = 80;

    private Quoted() {}

    static String of(String text) {
        var quoted = new StringBuilder("'");
        int shown = Math.min(text.length(), MAX_CHARS);
        for (int i = 0; i < shown; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append(shown < text.length() ? "…'" : "'").toString();
    }
}
