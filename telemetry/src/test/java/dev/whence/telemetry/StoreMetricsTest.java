package dev.whence.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.store.CountingObjectStore;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreMetricsTest {

    @Test
    void tellsWhatIsAskedOfTheStore() throws Exception {
        var registry = new SimpleMeterRegistry();
        var store = new CountingObjectStore(ObjectStores.memory());
        StoreMetrics.bind(registry, "query", store);
        store.put("a", ObjectBody.of(new byte[10]));
        store.get("a");
        store.get("a");
        var gets =
                registry.get("whence.store.requests")
                        .tags("service", "query", "operation", "get")
                        .functionTimer();
        assertThat(gets.count()).isEqualTo(2);
        assertThat(gets.totalTime(TimeUnit.NANOSECONDS)).isPositive();
        assertThat(
                        registry.get("whence.store.bytes")
                                .tags("service", "query", "direction", "read")
                                .functionCounter()
                                .count())
                .isEqualTo(20);
    }

    @Test
    void tellsHowMuchRoomThereIs(@TempDir Path directory) {
        var registry = new SimpleMeterRegistry();
        DiskMetrics.bind(registry, "ingest", directory);
        assertThat(registry.get("whence.disk.free.bytes").gauge().value())
                .isPositive()
                .isLessThanOrEqualTo(registry.get("whence.disk.total.bytes").gauge().value());
    }
}
