package dev.whence.source;

import java.io.IOException;

/** What a line of a format says. */
interface LineFormat {
    /** What a line may hold. */
    enum Content {
        URL,
        ROW_WITHOUT_URL,
        /** It says something of other lines. */
        NO_ROW
    }

    /**
     * Reads a line that is not blank; where it is cut, a URL that is not all there is handed over
     * as one that is too long.
     *
     * @return what it held; a URL is then in {@code url}
     */
    Content read(LineReader line, FoundUrl url) throws IOException;

    /** Called once after the last line. */
    default void end(LineReader lines) throws MalformedSourceException {}
}
