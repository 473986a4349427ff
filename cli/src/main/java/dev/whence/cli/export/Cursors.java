package dev.whence.cli.export;

import java.io.IOException;
import java.util.regex.Pattern;

/** Cursors as they stand in rows: base64url, which needs no escape in any format. */
final class Cursors {
    static final String CHARACTERS = "[A-Za-z0-9_-]";

    private static final Pattern CURSOR = Pattern.compile(CHARACTERS + "{1,32768}");

    private Cursors() {}

    static String require(String text) throws IOException {
        if (!CURSOR.matcher(text).matches()) {
            throw new MalformedListException("a row whose cursor is none");
        }
        return text;
    }
}
