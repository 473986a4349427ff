package dev.whence.source;

import java.io.IOException;
import java.util.Map;

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

    /** The URL's UTF-8 is {@code bytes()[from(), to())}, valid until the next call. */
    byte[] bytes();

    int from();

    int to();

    /**
     * When it was captured, microseconds since 1970 UTC; {@link #NO_TS} if the file does not say.
     */
    long tsMicros();

    /** What else the file says of it: the {@code extras} object of NDJSON and CDXJ. */
    Map<String, String> extras();

    /** The rows without a URL up to here. */
    Skipped skipped();

    @Override
    void close() throws IOException;
}
