package dev.whence.query.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.BlockCache;
import dev.whence.catalog.VersionChain;
import dev.whence.query.HookedStore;
import dev.whence.query.config.QueryConfig;
import dev.whence.query.version.VersionFollower;
import dev.whence.query.version.VersionShelf;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import dev.whence.url.UrlProfile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowLoopTest {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

    @TempDir Path directory;

    @Test
    void outlivesExceptionsAndIsNoLongerAliveAfterAnError() throws Exception {
        var thrown = new AtomicReference<Throwable>(new IllegalStateException("a defect"));
        try (ObjectStore directoryStore = ObjectStores.directory(directory.resolve("store"))) {
            ObjectStore store =
                    HookedStore.of(
                            directoryStore,
                            (call, key) -> {
                                if (thrown.get() != null) {
                                    throw thrown.get();
                                }
                            });
            var chain = new VersionChain(store);
            var blocks = new BlockCache(store, directory.resolve("blocks"));
            try (var shelf = new VersionShelf(chain, blocks, UrlProfile.current(), 0)) {
                var follower = new VersionFollower(chain, shelf, Clock.systemUTC());
                var metrics = new FollowMetrics(new SimpleMeterRegistry(), shelf, follower);
                var liveness =
                        new FollowLiveness(
                                metrics, AccessLoopTest.metrics(AccessLoopTest.rules(store)));
                var loop = new FollowLoop(follower, metrics, settings());
                loop.start(new StartupEvent());
                await(() -> String.valueOf(follower.state().problem()).contains("a defect"));
                assertThat(liveness.call().getStatus()).isEqualTo(Status.UP);
                thrown.set(null);
                await(() -> shelf.served().isPresent());
                assertThat(liveness.call().getStatus()).isEqualTo(Status.UP);
                thrown.set(new AssertionError("as told"));
                await(() -> liveness.call().getStatus() == Status.DOWN);
                loop.stop(new ShutdownEvent());
            }
        }
    }

    /** A condition that a thread of the test brings about. */
    interface Condition {
        boolean holds();
    }

    static void await(Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.holds()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    static QueryConfig settings() {
        return new SmallRyeConfigBuilder()
                .addDefaultSources()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withDefaultValue("whence.query.poll-interval", "PT0.01S")
                .withDefaultValue("whence.query.access-interval", "PT0.1S")
                .withMapping(QueryConfig.class)
                .build()
                .getConfigMapping(QueryConfig.class);
    }
}
