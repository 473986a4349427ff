package dev.whence.query.export;

/**
 * A column of an export.
 *
 * @param name the name that the field has in the JSON of the list
 */
public record Column(String name, Kind kind) {

    /** What its values are; any may be null. */
    public enum Kind {
        /** A {@link String}. */
        TEXT,
        /** A {@link Long}. */
        NUMBER,
        /** A {@link Double}, 0 to 1. */
        SHARE,
        /** XXH3-64 as a {@link Long}; 16 hex digits as text. */
        FINGERPRINT,
        /** A {@link Long}, microseconds since 1970 UTC; as text an ISO 8601 instant. */
        TIME,
        /** A {@link java.util.Map} of texts to texts. */
        EXTRAS
    }

    public static Column text(String name) {
        return new Column(name, Kind.TEXT);
    }

    public static Column number(String name) {
        return new Column(name, Kind.NUMBER);
    }

    public static Column fingerprint(String name) {
        return new Column(name, Kind.FINGERPRINT);
    }

    public static Column time(String name) {
        return new Column(name, Kind.TIME);
    }
}
