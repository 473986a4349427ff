package dev.whence.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.store.CountingObjectStore;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
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
        DiskMetrics.bind(registry, "ingest", DiskRoom.of(directory, OptionalLong::empty));
        // What a gauge alone holds would be gone now.
        System.gc();
        assertThat(registry.get("whence.disk.free.bytes").gauge().value())
                .isPositive()
                .isLessThanOrEqualTo(registry.get("whence.disk.total.bytes").gauge().value());
    }

    @Test
    void roomEndsWhereTheVolumeDoesThatTheFileSystemDoesNotKnowOf(@TempDir Path directory)
            throws IOException {
        Path cache = Files.createDirectories(directory.resolve("cache/blocks")).getParent();
        Files.write(cache.resolve("blocks/a"), new byte[100_000]);
        Files.write(
                Files.createDirectory(directory.resolve("cache-queue")).resolve("b"), new byte[5]);
        Files.write(directory.resolve("another's"), new byte[1000]);
        long volume = 1 << 20;
        var registry = new SimpleMeterRegistry();
        DiskMetrics.bind(registry, "indexer", DiskRoom.of(cache, () -> OptionalLong.of(volume)));
        assertThat(registry.get("whence.disk.total.bytes").gauge().value()).isEqualTo(volume);
        assertThat(registry.get("whence.disk.free.bytes").gauge().value())
                .isEqualTo(volume - 100_005);
        Files.write(cache.resolve("blocks/c"), new byte[2 << 20]);
        assertThat(registry.get("whence.disk.free.bytes").gauge().value()).isZero();
    }

    @Test
    void aVolumeOutOfItsBoundsIsRefused(@TempDir Path directory) {
        assertThatThrownBy(() -> DiskRoom.of(directory, () -> OptionalLong.of(1)))
                .hasMessageContaining("whence.disk.volume-bytes");
    }
}
