package dev.whence.telemetry;

import java.net.URI;
import java.util.Optional;

/** The settings {@code whence.traces.*}, the same for every service that has spans to tell. */
public interface TraceSettings {

    /**
     * Where traces are sent as OTLP over HTTP, such as {@code http://collector:4318/v1/traces};
     * none are made if left out.
     */
    Optional<URI> endpoint();
}
