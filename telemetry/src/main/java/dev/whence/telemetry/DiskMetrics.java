package dev.whence.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What room a service's local directory has, as the metrics {@code whence.disk.*}. */
public final class DiskMetrics {
    private DiskMetrics() {}

    /**
     * Shows the room of a local directory; none while it is not there.
     *
     * @param service whose directory it is
     */
    public static void bind(MeterRegistry registry, String service, DiskRoom room) {
        // Nobody else holds it: a gauge by itself would let it go.
        Gauge.builder("whence.disk.free.bytes", room, DiskRoom::freeBytes)
                .strongReference(true)
                .tag("service", service)
                .description("bytes that are left for the service's local directory")
                .register(registry);
        Gauge.builder("whence.disk.total.bytes", room, DiskRoom::totalBytes)
                .strongReference(true)
                .tag("service", service)
                .description("bytes of the volume of the service's local directory")
                .register(registry);
    }
}
