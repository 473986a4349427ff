package dev.whence.indexer.schedule;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while all its threads are: a failing attempt is made again, a lost thread is not. */
@Liveness
@ApplicationScoped
class IndexerLiveness implements HealthCheck {
    private final IndexerLifecycle lifecycle;

    IndexerLiveness(IndexerLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("indexer").up();
        for (Worker worker : lifecycle.workers()) {
            if (worker.isLost()) {
                answer.down().withData(worker.what(), String.valueOf(worker.failure()));
            }
        }
        return answer.build();
    }
}
