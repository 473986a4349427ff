package dev.whence.source;

import dev.whence.url.UrlCanonicalizer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The URL at which a source stands, not yet judged, and what the file says of it; written by the
 * readers of the formats, one for each source. Not thread-safe.
 */
public final class FoundUrl {
    /** One byte more than a URL may have: enough to be judged too long. */
    static final int MOST_BYTES = UrlCanonicalizer.MAX_INPUT_BYTES + 1;

    /** What stands for text that has no UTF-8 (a lone surrogate): a byte that is none either. */
    private static final byte[] NOT_UTF8 = {(byte) 0xff};

    private byte[] bytes = {};
    private int from;
    private int to;
    private long tsMicros = UrlSource.NO_TS;
    private Map<String, String> extras = Map.of();

    /** Takes a URL without copying it, cut to {@link #MOST_BYTES}. */
    void set(byte[] bytes, int from, int to, long tsMicros, Map<String, String> extras) {
        this.bytes = bytes;
        this.from = from;
        this.to = Math.min(to, from + MOST_BYTES);
        this.tsMicros = tsMicros;
        this.extras = extras;
    }

    void set(String url, long tsMicros, Map<String, String> extras) {
        // Too long is too long, whatever else it is.
        String kept = url.length() > MOST_BYTES ? url.substring(0, MOST_BYTES) : url;
        byte[] utf8 =
                kept.length() == url.length() && hasLoneSurrogate(url)
                        ? NOT_UTF8
                        : kept.getBytes(StandardCharsets.UTF_8);
        set(utf8, 0, utf8.length, tsMicros, extras);
    }

    /** The URL's UTF-8 is {@code bytes()[from(), to())}. */
    public byte[] bytes() {
        return bytes;
    }

    public int from() {
        return from;
    }

    public int to() {
        return to;
    }

    /** Microseconds since 1970 UTC; {@link UrlSource#NO_TS} if the file does not say. */
    public long tsMicros() {
        return tsMicros;
    }

    /** What else the file says of it: the {@code extras} object of NDJSON and CDXJ. */
    public Map<String, String> extras() {
        return extras;
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (Character.isSurrogate(unit)) {
                if (!Character.isHighSurrogate(unit)
                        || at + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(at + 1))) {
                    return true;
                }
                at++;
            }
        }
        return false;
    }
}
