package dev.whence.query.export;

import dev.whence.url.Fingerprint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Values as text, the same in every text format and in the JSON of the lists. */
final class Texts {
    private Texts() {}

    static String fingerprint(Object value) {
        return Fingerprint.hex((Long) value);
    }

    static String time(Object micros) {
        return Instant.EPOCH.plus((Long) micros, ChronoUnit.MICROS).toString();
    }
}
