package dev.whence.store;

import java.util.Locale;

/** What a store can be asked, as metrics and bills tell it apart. */
public enum StoreOperation {
    /** Is it there, and how large. */
    HEAD,
    /** All of an object: get, open and download. */
    GET,
    /** A part of an object. */
    RANGE,
    /** Puts, puts-if-absent and copies-if-absent. */
    PUT,
    DELETE,
    /** A listing, however many pages it takes. */
    LIST;

    /** Its name in metrics. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
