package dev.whence.ingest.schedule;

import dev.whence.ingest.kafka.Ingest;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while both threads run: one that ended does not come back without a restart. */
@Liveness
@ApplicationScoped
class IngestLiveness implements HealthCheck {
    private final IngestLifecycle lifecycle;

    IngestLiveness(IngestLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        Ingest ingest = lifecycle.ingest();
        return HealthCheckResponse.named("ingest")
                .status(ingest == null || ingest.isAlive())
                .build();
    }
}
