package dev.whence.ingest;

import dev.whence.catalog.Effect;
import dev.whence.url.Rejection;
import java.util.Map;

/** Where a batch's URLs go, one by one. */
interface UrlSink {

    /** What follows belongs to this dataset. */
    void begin(String dataset, Effect effect);

    /** A URL, {@code utf8[from, to)}, valid during the call. */
    void add(byte[] utf8, int from, int to, long tsMicros, Map<String, String> extras)
            throws BatchRefusedException, AbandonedException, NoRoomException;

    /** A text that is known not to be a URL before anybody parses it. */
    void reject(Rejection rejection, byte[] utf8, int from, int to) throws BatchRefusedException;
}
