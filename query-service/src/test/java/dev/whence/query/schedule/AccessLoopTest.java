package dev.whence.query.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.access.AccessChain;
import dev.whence.catalog.BlockCache;
import dev.whence.catalog.VersionChain;
import dev.whence.query.HookedStore;
import dev.whence.query.access.RulesFollower;
import dev.whence.query.version.VersionFollower;
import dev.whence.query.version.VersionShelf;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import dev.whence.url.UrlProfile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLoopTest {
    @TempDir Path directory;

    @Test
    void outlivesExceptionsAndIsNoLongerAliveAfterAnError() throws Exception {
        var thrown = new AtomicReference<Throwable>(new IllegalStateException("a defect"));
        try (ObjectStore memory = ObjectStores.memory()) {
            ObjectStore store =
                    HookedStore.of(
                            memory,
                            (call, key) -> {
                                if (thrown.get() != null) {
                                    throw thrown.get();
                                }
                            });
            RulesFollower rules = rules(store);
            AccessMetrics metrics = metrics(rules);
            var chain = new VersionChain(memory);
            var blocks = new BlockCache(memory, directory);
            try (var shelf = new VersionShelf(chain, blocks, UrlProfile.current(), 0)) {
                var follower = new VersionFollower(chain, shelf, Clock.systemUTC());
                var liveness =
                        new FollowLiveness(
                                new FollowMetrics(new SimpleMeterRegistry(), shelf, follower),
                                metrics);
                var loop = new AccessLoop(rules, metrics, FollowLoopTest.settings());
                loop.start(new StartupEvent());
                FollowLoopTest.await(
                        () -> String.valueOf(rules.state().problem()).contains("a defect"));
                assertThat(liveness.call().getStatus()).isEqualTo(Status.UP);
                thrown.set(null);
                FollowLoopTest.await(rules::areKnown);
                assertThat(liveness.call().getStatus()).isEqualTo(Status.UP);
                thrown.set(new AssertionError("as told"));
                FollowLoopTest.await(() -> liveness.call().getStatus() == Status.DOWN);
                loop.stop(new ShutdownEvent());
            }
        }
    }

    static RulesFollower rules(ObjectStore store) {
        return new RulesFollower(
                new AccessChain(store), Duration.ofMinutes(15), true, Clock.systemUTC());
    }

    static AccessMetrics metrics(RulesFollower rules) {
        return new AccessMetrics(new SimpleMeterRegistry(), rules);
    }
}
