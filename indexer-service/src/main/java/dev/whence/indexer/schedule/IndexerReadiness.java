package dev.whence.indexer.schedule;

import dev.whence.indexer.config.IndexerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when the last attempt to publish went well, even if there was nothing to publish, and the
 * one under way does not take longer than it may. A dataset's queue that cannot be carried out is
 * told, but is no reason not to be ready: all others go on, and another instance would fare no
 * better.
 */
@Readiness
@ApplicationScoped
class IndexerReadiness implements HealthCheck {
    private final IndexerLifecycle lifecycle;
    private final IndexerConfig config;

    IndexerReadiness(IndexerLifecycle lifecycle, IndexerConfig config) {
        this.lifecycle = lifecycle;
        this.config = config;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("indexer");
        Worker publishing = lifecycle.publishing();
        if (publishing == null || !publishing.hasAttempted()) {
            return answer.down().withData("publishing", "not tried yet").build();
        }
        String failure = publishing.failure();
        if (failure != null) {
            return answer.down().withData("publishing", failure).build();
        }
        Duration time = publishing.attemptTime();
        if (time.compareTo(config.maxAttempt()) > 0) {
            String said =
                    "an attempt takes %s, longer than whence.indexer.max-attempt (%s)"
                            .formatted(time, config.maxAttempt());
            return answer.down().withData("publishing", said).build();
        }
        for (Worker worker : lifecycle.workers()) {
            if (worker.isLost()) {
                String error = String.valueOf(worker.failure());
                return answer.down().withData(worker.what(), error).build();
            }
        }
        String problem = lifecycle.queueProblem();
        if (problem != null) {
            answer.withData("queue", problem);
        }
        return answer.up().withData("version", lifecycle.version()).build();
    }
}
