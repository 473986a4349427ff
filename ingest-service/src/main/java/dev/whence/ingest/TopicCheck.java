package dev.whence.ingest;

import java.io.IOException;

/** Tells whether a topic is still the one that a tenure began with. */
@FunctionalInterface
public interface TopicCheck {
    boolean isStill(Tenure tenure) throws IOException;
}
