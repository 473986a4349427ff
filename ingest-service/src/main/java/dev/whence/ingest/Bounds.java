package dev.whence.ingest;

/** The bounds of settings. */
final class Bounds {
    private Bounds() {}

    static void require(String setting, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "whence.ingest.%s is %d; it must be %d to %d"
                            .formatted(setting, value, least, most));
        }
    }
}
