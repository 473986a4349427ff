package dev.whence.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.File;
import java.nio.file.Path;

/** What room a service's local directory has, as the metrics {@code whence.disk.*}. */
public final class DiskMetrics {
    private DiskMetrics() {}

    /**
     * Shows the room of the file system that a directory lies on; none while it is not there.
     *
     * @param service whose directory it is
     */
    public static void bind(MeterRegistry registry, String service, Path directory) {
        File file = directory.toAbsolutePath().toFile();
        Gauge.builder("whence.disk.free.bytes", file, File::getUsableSpace)
                .tag("service", service)
                .description("bytes that are left for the service's local directory")
                .register(registry);
        Gauge.builder("whence.disk.total.bytes", file, File::getTotalSpace)
                .tag("service", service)
                .description("bytes of the file system of the service's local directory")
                .register(registry);
    }
}
