package dev.whence.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where a service's spans go: nowhere, or to a collector, in the background and in bounded memory.
 * A collector that does not answer costs spans and nothing else.
 */
public final class Traces implements AutoCloseable {
    private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final @Nullable SdkTracerProvider provider;

    private Traces(@Nullable SdkTracerProvider provider) {
        this.provider = provider;
    }

    /**
     * Begins to send, if there is anywhere to send to.
     *
     * @param service its name in traces, such as {@code whence-ingest}
     * @throws IllegalArgumentException if the endpoint is no address of HTTP
     */
    public static Traces to(TraceSettings settings, String service) {
        return new Traces(settings.endpoint().map(to -> provider(to, service)).orElse(null));
    }

    private static SdkTracerProvider provider(URI endpoint, String service) {
        boolean http = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
        if (!http || endpoint.getHost() == null) {
            throw new IllegalArgumentException(
                    "whence.traces.endpoint is http://host:port/v1/traces, or https, not "
                            + endpoint);
        }
        var exporter =
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(endpoint.toString())
                        .setTimeout(TIMEOUT)
                        .build();
        return SdkTracerProvider.builder()
                .setResource(
                        Resource.getDefault()
                                .merge(Resource.create(Attributes.of(SERVICE_NAME, service))))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build();
    }

    /** Whether anybody is told. */
    public boolean areSent() {
        return provider != null;
    }

    public Tracer tracer() {
        return (provider == null ? TracerProvider.noop() : provider).get("dev.whence");
    }

    /** Sends what is left, for a few seconds at most. */
    @Override
    public void close() {
        if (provider != null) {
            provider.shutdown().join(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
