package dev.whence.source;

/** What a line of a format says. */
interface LineFormat {

    /**
     * Reads a line that is not blank and not cut.
     *
     * @return whether it held a URL, which is then in {@code url}
     */
    boolean read(LineReader line, FoundUrl url) throws MalformedSourceException;

    /** Called once after the last line. */
    default void end(LineReader lines) throws MalformedSourceException {}
}
