package dev.whence.indexer.schedule;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Alive while the thread that publishes is: a failing attempt is made again, a lost thread is not.
 */
@Liveness
@ApplicationScoped
class IndexerLiveness implements HealthCheck {
    private final IndexerLifecycle lifecycle;

    IndexerLiveness(IndexerLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        Worker publishing = lifecycle.publishing();
        return HealthCheckResponse.named("indexer")
                .status(publishing == null || publishing.isAlive())
                .build();
    }
}
