package dev.whence.query.version;

import java.io.IOException;

/** How one look for a newer version ended. */
public sealed interface FollowStep {

    /** There is none. */
    record Unchanged() implements FollowStep {}

    /** A newer one is served from now on; {@code from} is -1 for the first. */
    record Advanced(long from, long to) implements FollowStep {}

    /** There is one that must not be served; whatever was served still is. */
    record Refused(long number, Exception cause) implements FollowStep {}

    /** The store, or the local disk, did not let us look or fetch. */
    record Failed(IOException cause) implements FollowStep {}
}
