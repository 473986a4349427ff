package dev.whence.indexer;

import dev.whence.catalog.Version;

/** How an attempt to publish ended. */
public sealed interface Outcome {

    /** There was nothing to publish after this version. */
    record Idle(long version) implements Outcome {}

    /** The version is published. */
    record Published(Version version, PublishReport report) implements Outcome {}

    /** Another indexer published first; the next attempt begins from its version. */
    record Lost(Version winner) implements Outcome {}
}
