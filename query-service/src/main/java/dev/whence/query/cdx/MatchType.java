package dev.whence.query.cdx;

/** Which URLs are like the one that is asked for. */
public enum MatchType {
    /** This URL, with any scheme, with {@code www.} or without. */
    EXACT,
    /** What begins with its path and query. */
    PREFIX,
    /** All of its host. */
    HOST,
    /** All of its host and of those below it. */
    DOMAIN
}
