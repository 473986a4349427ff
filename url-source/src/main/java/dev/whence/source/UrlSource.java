package dev.whence.source;

import java.io.IOException;

/**
 * URLs one after the other, not yet judged. Not thread-safe. Blank lines are passed over; rows
 * without a URL too, and {@linkplain #skipped counted}. A URL longer than {@link
 * dev.whence.url.UrlCanonicalizer#MAX_INPUT_BYTES} is cut after one byte more, enough to be judged
 * too long. JSON objects may be of any length. Bytes that are not UTF-8 are handed over as they
 * stand.
 */
public interface UrlSource extends AutoCloseable {
    long NO_TS = Long.MIN_VALUE;

    /**
     * Goes on to the next URL.
     *
     * @return false at the end
     * @throws MalformedSourceException if the file is not of its format, naming it and the place
     */
    boolean next() throws IOException;

    /** The URL that it stands at, valid until the next call; always the same object. */
    FoundUrl found();

    /** The rows without a URL up to here. */
    Skipped skipped();

    @Override
    void close() throws IOException;
}
