package dev.whence.indexer.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.nio.file.Path;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class IndexerReadinessTest {
    private static final String PROBLEM = "dataset 7: a file is gone";

    @TempDir Path directory;

    @Test
    @Timeout(60)
    void oneDatasetsBrokenQueueIsToldByAnIndexerThatIsReady() throws Exception {
        IndexerLifecycle lifecycle =
                Lifecycles.withBrokenQueue(directory, new SimpleMeterRegistry(), PROBLEM);
        var readiness = new IndexerReadiness(lifecycle, Lifecycles.config(directory));
        assertThat(readiness.call().getStatus()).as("not tried yet").isEqualTo(Status.DOWN);
        lifecycle.start(new StartupEvent());
        try {
            while (!lifecycle.publishing().hasAttempted()) {
                Thread.sleep(20);
            }
            HealthCheckResponse answer = readiness.call();
            assertThat(answer.getStatus()).isEqualTo(Status.UP);
            assertThat(answer.getData().orElseThrow()).containsEntry("queue", PROBLEM);
        } finally {
            lifecycle.stop(new ShutdownEvent());
        }
    }
}
