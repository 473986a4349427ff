package dev.whence.source;

import java.io.IOException;

/** What a line of a format says. */
interface LineFormat {

    /**
     * Reads a line that is not blank; where it is cut, a URL that is not all there is handed over
     * as one that is too long.
     *
     * @return whether it held a URL, which is then in {@code url}
     */
    boolean read(LineReader line, FoundUrl url) throws IOException;

    /** Called once after the last line. */
    default void end(LineReader lines) throws MalformedSourceException {}
}
