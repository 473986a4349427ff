package dev.whence.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;

/** What room a service's local directory has, as the metrics {@code whence.disk.*}. */
public final class DiskMetrics {
    private DiskMetrics() {}

    /**
     * Shows the room of the volume that a directory lies on; none while it is not there.
     *
     * @param service whose directory it is
     * @throws IllegalArgumentException if a setting is out of its bounds
     */
    public static void bind(
            MeterRegistry registry, String service, Path directory, DiskSettings settings) {
        settings.check();
        var room = new DiskRoom(directory.toAbsolutePath(), settings.volumeBytes());
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
